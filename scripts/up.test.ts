import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeProject, isAlive, waitUntil } from './testing/fake-project'

let it: ReturnType<typeof fakeProject>
beforeEach(() => {
  it = fakeProject()
})
afterEach(() => it.remove())

const started = (who: string) => it.notes().find((note) => note.who === who && note.what === 'start')
const nothingRuns = () => it.notes().every(({ pid }) => !isAlive(pid))

async function once(env: Record<string, string> = {}) {
  const run = it.up(env)
  await run.ready()
  run.child.kill('SIGTERM')
  expect(await run.code()).toBe(0)
  return run
}

describe('a start', () => {
  test('from a fresh checkout installs, builds and starts; the second start only starts', async () => {
    const { output } = await once()
    expect(output()).toContain('http://localhost:1/setup#token')
    expect(output()).toMatch(/install \d+\.\d s, build \d+\.\d s, start \d+\.\d s/)
    expect(it.steps()).toEqual(['install', 'build'])
    await once()
    expect(it.steps()).toEqual(['install', 'build'])
  })

  test('builds again if sources changed, and installs again if the lock file changed', async () => {
    await once()
    it.put('app/page.tsx', 'two')
    await once()
    it.put('package-lock.json', '{}')
    await once()
    expect(it.steps()).toEqual(['install', 'build', 'build', 'install', 'build'])
    expect(it.read('caches'), 'only the first build writes no cache').toBe('off\non\non\n')
  })

  test('builds again after a failed build, even if the sources are restored', async () => {
    await once()
    it.put('app/page.tsx', 'wrong')
    expect(await it.up({ FAIL_BUILD: '1' }).code()).toBe(1)
    it.put('app/page.tsx', 'one')
    await once()
    expect(it.steps()).toEqual(['install', 'build', 'build', 'build'])
  })

  test('waits for the server that it started, not for another one', async () => {
    await once({ ANOTHER_ANSWERS_FIRST: '1' })
    expect(it.notes().filter(({ what }) => what === 'asked')).toHaveLength(2)
  })

  test('without an app is a demo with the emulator, with the same key each time', async () => {
    await once()
    const key = started('server')?.env.TIM_SECRET_KEY
    expect(started('server')?.env).toMatchObject({ DEMO: 'on', TIM_SDKAPPID: '1400187352', TIM_NAME: 'Demo shop' })
    expect(started('server')?.env.TIM_BASE_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(started('emulator')?.env.EMULATOR_KEY).toBe(key)
    expect(started('emulator')?.args.join(' ')).not.toContain(key)
    await once()
    expect(
      it
        .notes()
        .filter(({ who, what }) => who === 'server' && what === 'start')
        .map(({ env }) => env.TIM_SECRET_KEY),
    ).toEqual([key, key])
  })

  test('with an app in .env starts no emulator; environment variables override the file', async () => {
    it.put('.env', 'TIM_SDKAPPID=1400000000\nTIM_NAME=file\n')
    await once({ TIM_NAME: 'given' })
    expect(started('emulator')).toBeUndefined()
    expect(started('server')?.env).toMatchObject({ TIM_SDKAPPID: '1400000000', TIM_NAME: 'given' })
    expect(started('server')?.env.DEMO).toBeUndefined()
  })
})

describe('a start that fails', () => {
  test('because the port is taken reports it and changes nothing', async () => {
    const other = createServer((_, res) => res.end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const run = it.up({ PORT: String(typeof address === 'object' ? address?.port : 0) })
    expect(await run.code()).toBe(1)
    expect(run.output()).toContain('is taken by another program')
    expect(it.steps()).toEqual([])
    other.close()
  })

  test('because of its configuration exits with 78, in the script and in the server', async () => {
    const here = it.up({ PUBLIC_URL: 'nowhere' })
    expect(await here.code()).toBe(78)
    expect(it.steps()).toEqual([])
    const there = it.up({ SERVER_FAILS: '1' })
    expect(await there.code()).toBe(78)
    expect(there.output()).toContain('The configuration has a problem')
    expect(nothingRuns()).toBe(true)
  })

  test.each([
    ['install', 'FAIL_INSTALL', 'the registry is unavailable'],
    ['build', 'FAIL_BUILD', 'a type is wrong'],
  ])('because of a failed %s shows why, and the next start tries again', async (step, name, why) => {
    const run = it.up({ [name]: '1' })
    expect(await run.code()).toBe(1)
    expect(run.output()).toContain(why)
    await once()
    expect(it.steps().filter((done) => done === step)).toHaveLength(2)
  })

  test('because the build is in use does not replace it', async () => {
    await once()
    it.put('app/page.tsx', 'two')
    writeFileSync(join(it.root, '.next/.serving'), String(process.pid))
    const run = it.up()
    expect(await run.code()).toBe(1)
    expect(run.output()).toContain(`Pushlens (process ${process.pid}) is running from the build in this folder`)
    it.put('app/page.tsx', 'one')
    await once()
    expect(it.read('.next/.serving'), 'a second server keeps the mark of the first').toBe(String(process.pid))
    it.put('app/page.tsx', 'two')
    rmSync(join(it.root, '.next/.serving'))
    await once()
  })
})

describe('a stop', () => {
  test('by two signals at once stops the server, then the emulator, once', async () => {
    const run = it.up()
    await run.ready()
    run.child.kill('SIGINT')
    run.child.kill('SIGTERM')
    expect(await run.code()).toBe(0)
    expect(it.notes().map(({ who, what }) => `${who} ${what}`)).toEqual([
      'emulator start',
      'server start',
      'server asked',
      'server end',
      'emulator end',
    ])
    expect(nothingRuns()).toBe(true)
    expect(it.read('.next/.serving')).toBe('')
  })

  test('by kill -9 leaves nothing running', async () => {
    const run = it.up()
    await run.ready()
    run.child.kill('SIGKILL')
    await waitUntil(nothingRuns, () => JSON.stringify(it.notes()))
  })

  test('of npm alone, which forwards no signal, ends everything', async () => {
    const run = it.up({ npm_lifecycle_event: 'up' }, 'parent')
    await run.ready()
    run.child.kill('SIGKILL')
    await waitUntil(nothingRuns, () => JSON.stringify(it.notes()))
    expect(it.notes().filter(({ what }) => what === 'end')).toHaveLength(2)
  })

  test('during the installation leaves nothing running and no stamp', async () => {
    const run = it.up({ HANG_INSTALL: '1' })
    await waitUntil(() => it.read('hanging') !== '', run.output)
    run.child.kill('SIGINT')
    expect(await run.code()).toBe(130)
    await waitUntil(() => !isAlive(Number(it.read('hanging'))), run.output)
    await once()
    expect(it.steps()).toEqual(['install', 'install', 'build'])
  })

  test('of the server alone ends the rest and exits with 1', async () => {
    const run = it.up()
    await run.ready()
    process.kill(started('server')?.pid ?? 0, 'SIGKILL')
    expect(await run.code()).toBe(1)
    expect(nothingRuns()).toBe(true)
  })
})
