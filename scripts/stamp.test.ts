import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BUILD_FOLDERS, buildStamp, installStamp } from './stamp.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pl-stamp-'))
  put('package.json', '{}')
  put('package-lock.json', '{}')
  put('tsconfig.json', '{}')
  put('instrumentation.ts', '')
  put('app/page.tsx', 'one')
  put('lib/store/engine/open.ts', 'one')
  put('node_modules/x/index.js', '')
  put('.next/BUILD_ID', 'id')
})
afterEach(() => rmSync(root, { recursive: true }))

function put(path: string, content: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

describe('the stamp of a build', () => {
  beforeEach(() => buildStamp(root).write())

  test('is current while nothing changes', () => {
    expect(buildStamp(root).isCurrent()).toBe(true)
  })

  test('is current if a file is only touched', () => {
    utimesSync(join(root, 'app/page.tsx'), new Date(), new Date())
    expect(buildStamp(root).isCurrent()).toBe(true)
  })

  test.each([
    'app/page.tsx',
    'app/new/page.tsx',
    'lib/store/engine/open.ts',
    'messages/en/errors.json',
    'components/ui/x.tsx',
    'public/icon.svg',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'next.config.mjs',
    'instrumentation.ts',
    'instrumentation-node.ts',
  ])('is outdated if %s changes', (path) => {
    put(path, 'two')
    expect(buildStamp(root).isCurrent()).toBe(false)
  })

  test('is outdated if a file is removed or moved', () => {
    put('app/other.tsx', 'one')
    rmSync(join(root, 'app/page.tsx'))
    expect(buildStamp(root).isCurrent()).toBe(false)
  })

  test.each([
    'lib/store/engine/open.test.ts',
    'e2e/x.spec.ts',
    'server/gate.mjs',
    'scripts/up.mjs',
    'README.md',
    'vitest.config.mts',
    'playwright.config.ts',
    'data/x.json',
  ])('is current if %s changes, which is not an input', (path) => {
    put(path, 'two')
    expect(buildStamp(root).isCurrent()).toBe(true)
  })

  test('is outdated without the build, or once removed', () => {
    rmSync(join(root, '.next/BUILD_ID'))
    expect(buildStamp(root).isCurrent()).toBe(false)
    put('.next/BUILD_ID', 'id')
    buildStamp(root).remove()
    expect(buildStamp(root).isCurrent()).toBe(false)
  })

  test('records the sources from the start of the build, not from its end', () => {
    const stamp = buildStamp(root)
    put('app/page.tsx', 'changed while building')
    stamp.write()
    expect(buildStamp(root).isCurrent()).toBe(false)
  })
})

describe('the stamp of an installation', () => {
  beforeEach(() => installStamp(root).write())

  test('is current while neither package.json nor the lock file changes', () => {
    put('app/page.tsx', 'two')
    expect(installStamp(root).isCurrent()).toBe(true)
  })

  test.each(['package.json', 'package-lock.json', '.npmrc'])('is outdated if %s changes', (path) => {
    put(path, '{"a":1}')
    expect(installStamp(root).isCurrent()).toBe(false)
  })

  test('is removed with node_modules', () => {
    rmSync(join(root, 'node_modules'), { recursive: true })
    expect(installStamp(root).isCurrent()).toBe(false)
  })
})

test('every folder of the project is a build input or excluded here', () => {
  const none = ['bench', 'docs', 'e2e', 'emulator', 'scripts', 'server']
  const project = resolve(import.meta.dirname ?? '.', '..')
  const tracked = execFileSync('git', ['ls-files'], { cwd: project, encoding: 'utf8' }).split('\n')
  const folders = new Set(tracked.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''))
  const unknown = [...folders].filter((name) => !name.startsWith('.') && ![...BUILD_FOLDERS, ...none].includes(name))
  expect(unknown, 'add the folder to BUILD_FOLDERS in scripts/stamp.mjs, or to the exclusions here').toEqual([])
})
