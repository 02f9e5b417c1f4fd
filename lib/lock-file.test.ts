import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

describe('the lock file', () => {
  const text = readFileSync('package-lock.json', 'utf8')
  const lock = JSON.parse(text) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }

  test('names no host', () => {
    expect(text).not.toContain('"resolved"')
  })

  test('has an entry for every platform package, so that npm ci works everywhere', () => {
    const missing = Object.entries(lock.packages).flatMap(([from, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${from}/node_modules/${name}`],
      ),
    )
    expect(missing).toEqual([])
  })
})
