import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const EXTENSIONS = ['.ts', '.tsx', '']
/** What a page may not load: a phone parses it before anything can be used. */
const HEAVY = ['zod', 'recharts', 'temporal-polyfill', 'papaparse']
const IMPORT = /^(?:import|export) (?!type )(?:([^'"]*?) from )?'([^']+)'/gm

const clientFiles = ['app', 'components']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((at) => join(folder, at)),
  )
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => join(ROOT, path))
  .filter((file) => readFileSync(file, 'utf8').startsWith("'use client'"))

/** Returns what a file imports at run time. Type imports and `import()` are left out. */
function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)]
    .filter(([, names = '']) => !/^\{(\s*type [^,}]+,?)+\s*\}$/.test(names))
    .map(([, , from = '']) => from)
}

function fileOf(importer: string, from: string): string | undefined {
  if (!/^(\.|@\/)/.test(from)) return undefined
  const path = from.startsWith('@/') ? join(ROOT, from.slice(2)) : resolve(dirname(importer), from)
  return EXTENSIONS.map((extension) => path + extension).find((one) =>
    statSync(one, { throwIfNoEntry: false })?.isFile(),
  )
}

/** Returns the heavy packages that a file loads, each with the file that imports it. */
function heavyImports(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file) || !/\.tsx?$/.test(file)) return []
  seen.add(file)
  return importsOf(file).flatMap((from) => {
    if (HEAVY.some((name) => from === name || from.startsWith(`${name}/`))) return [`${file}: ${from}`]
    const next = fileOf(file, from)
    return next ? heavyImports(next, seen) : []
  })
}

test('scripts of pages load no schemas, charts or calendars at once', () => {
  expect(clientFiles.length).toBeGreaterThan(20)
  expect(clientFiles.flatMap((file) => heavyImports(file))).toEqual([])
})
