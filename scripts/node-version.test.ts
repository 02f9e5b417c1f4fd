import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const module = resolve(import.meta.dirname ?? '.', 'node-version.mjs')
const check = (version: string) =>
  spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `import { requireNode } from ${JSON.stringify(module)}; requireNode('${version}')`],
    { encoding: 'utf8' },
  )

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('accepts Node %s', (version) => {
  expect(check(version)).toMatchObject({ status: 0, stderr: '' })
})

test.each(['20.18.3', '18.20.0', '16.0.0'])('rejects Node %s with a message', (version) => {
  const { status, stderr } = check(version)
  expect(status).toBe(1)
  expect(stderr).toBe(`Pushlens needs Node 20.19 or newer; this is Node ${version}. See https://nodejs.org/\n`)
})

test('the check runs before any module that an old Node cannot parse', () => {
  for (const script of ['up.mjs', 'dev.mjs']) {
    const text = readFileSync(resolve(module, '..', script), 'utf8')
    expect(text.match(/^import .*/gm)).toEqual(["import { requireNode } from './node-version.mjs'"])
    expect(text.indexOf('requireNode()')).toBeLessThan(text.indexOf("import('./serve.mjs')"))
  }
})
