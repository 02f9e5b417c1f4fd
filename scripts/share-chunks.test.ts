import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { shareChunks } from './share-chunks.mjs'

const CHUNK = `module.exports=[1,()=>'${'x'.repeat(3_000)}']`
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pl-chunks-'))
  mkdirSync(join(folder, 'ssr'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

test('equal chunks become one, which each of them still gives', () => {
  for (const name of ['a.js', 'b.js', 'ssr/c.js']) write(name, CHUNK)
  expect(shareChunks(folder)).toBe(2 * CHUNK.length)
  expect(read('a.js')).toBe(CHUNK)
  const load = createRequire(join(folder, 'index.js'))
  for (const name of ['./b.js', './ssr/c.js']) expect(load(name)).toBe(load('./a.js'))
  expect(shareChunks(folder)).toBe(0)
})

test('other files and small chunks stay as they are', () => {
  const files = { 'a.js': `require('./b')//${'x'.repeat(3_000)}`, 'c.js': 'module.exports=[]' }
  for (const [name, text] of Object.entries(files)) for (const place of ['', 'ssr/']) write(place + name, text)
  expect(shareChunks(folder)).toBe(0)
  for (const [name, text] of Object.entries(files)) expect(read(`ssr/${name}`)).toBe(text)
})
