import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HINT, hintScripts } from './compile-hints.mjs'

test('the scripts that every page runs first are marked once, and no others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pl-hints-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'static'))
  const [first, chart] = [join(folder, 'static/first.js'), join(folder, 'static/chart.js')]
  for (const path of [first, chart]) writeFileSync(path, 'start()')
  writeFileSync(join(folder, 'build-manifest.json'), JSON.stringify({ rootMainFiles: ['static/first.js'] }))
  for (let times = 0; times < 2; times++) hintScripts(folder)
  expect(readFileSync(first, 'utf8')).toBe(`${HINT}start()`)
  expect(readFileSync(chart, 'utf8')).toBe('start()')
})
