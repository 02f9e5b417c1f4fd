import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
/**
 * With these selectors, a browser restyles the whole page at each change, which takes a tenth of a second on a slow phone.
 * Name the element or class before a position (`td:nth-child(2)`) and after `:has()`.
 */
const OF_EVERYTHING = [
  /(?<!,)[\s>+~]:(nth-|only-|first-of|last-of)/,
  /:has\(.*\)\s*[>\s]\s*\*/,
  /\b(group|peer|in)-has-/,
]

const sources = ['app', 'components'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(css|tsx)$/.test(path))
    .map((path) => join(folder, path)),
)

test('no style depends on the position or the content of any element', () => {
  expect(sources.length).toBeGreaterThan(100)
  const found = sources.flatMap((path) =>
    readFileSync(join(ROOT, path), 'utf8')
      .split('\n')
      .filter((line) => OF_EVERYTHING.some((one) => one.test(line)))
      .map((line) => `${path}: ${line.trim()}`),
  )
  expect(found).toEqual([])
})
