import { describe, expect, test } from 'vitest'
import { filterOutput } from './output.mjs'
import { limitsOf, startSummary } from './start-summary.mjs'

function filter(verbose = false) {
  const printed: string[] = []
  return { printed, output: filterOutput({ verbose, print: (line) => printed.push(line) }) }
}
const LINK = 'http://localhost:3000/setup#tok-en_1'
const SETUP_LINE = `No administrator yet. Open this address once to become one: ${LINK}`

describe("the server's output", () => {
  test('is buffered until release, then printed', () => {
    const { output, printed } = filter()
    output.line('a problem', 'stderr')
    expect(printed).toEqual([])
    output.release()
    output.line('another', 'stderr')
    expect(printed).toEqual(['a problem', 'another'])
  })

  test.each([LINK, LINK.replace('#', '?token=')])(
    'keeps %s for the start summary and does not print it twice',
    (link) => {
      const { output, printed } = filter()
      expect(output.setupLink()).toBeNull()
      output.line(SETUP_LINE.replace(LINK, link), 'stdout')
      output.release()
      expect(output.setupLink()).toBe(link)
      expect(printed).toEqual([])
    },
  )

  test.each([
    ['{"level":30,"msg":"request"}', false],
    ['{"level":40,"msg":"slow"}', true],
    ['{"level":50,"msg":"failed"}', true],
    ['{"ready":true,"port":3000}', false],
    ['{broken', true],
    ['✓ Running next.config.mjs took 22ms', false],
    ['', false],
    ['a plain line', true],
  ])('%s: shown %s', (line, shown) => {
    const { output, printed } = filter()
    output.release()
    output.line(line, 'stdout')
    expect(printed).toEqual(shown ? [line] : [])
  })

  test('is printed in full and immediately when verbose', () => {
    const { output, printed } = filter(true)
    for (const line of [SETUP_LINE, '{"level":20}', '✓']) output.line(line, 'stdout')
    expect(printed).toEqual([SETUP_LINE, '{"level":20}', '✓'])
    expect(output.setupLink()).toBe(LINK)
  })
})

describe('the start summary', () => {
  const facts = {
    version: '1.2.3',
    limits: [],
    url: 'http://localhost:3000',
    network: [],
    setupLink: null,
    adminEmail: undefined,
    data: '/srv/data',
    demo: false,
    example: null,
    steps: [],
  }

  test('shows the address, the data folder and how to stop', () => {
    expect(startSummary(facts)).toMatch(/http:\/\/localhost:3000.*\/srv\/data.*Ctrl-C/s)
  })

  test('shows the version, and what this start does not do', () => {
    const limits = limitsOf({ COLLECTOR: 'off' }, { demo: false })
    const text = startSummary({ ...facts, limits })
    expect(text).toContain('Pushlens 1.2.3 is ready')
    expect(text).toMatch(/Note {6}nothing is collected here.*\n {12}no backups are scheduled: set BACKUP_EVERY=24h/)
    expect(limitsOf({ COLLECTOR: 'off' }, { demo: true })).toEqual([])
    expect(limitsOf({ DATABASE_URL: 'postgres://a' }, { demo: false })).toEqual([])
    expect(limitsOf({ BACKUP_EVERY: '24h' }, { demo: false })).toEqual([])
  })

  test('shows the addresses for other machines of the network', () => {
    const text = startSummary({ ...facts, network: ['http://10.0.0.5:3000', 'http://192.168.1.5:3000'] })
    expect(text).toMatch(/Network {3}http:\/\/10\.0\.0\.5:3000, without encryption.*\n {12}http:\/\/192\.168\.1\.5/)
  })

  test('shows how to sign in: with the setup link, as ADMIN_EMAIL, or with an account', () => {
    expect(startSummary({ ...facts, setupLink: LINK })).toContain(LINK)
    expect(startSummary({ ...facts, adminEmail: 'ana@example.com' })).toContain(
      'as ana@example.com with ADMIN_PASSWORD',
    )
    expect(startSummary(facts)).toContain('with your account')
  })

  test('says that a demo is a demo, and names three things to try', () => {
    const example = { taskId: 't-1', userId: 'u-1' }
    expect(startSummary({ ...facts, demo: true, example })).toMatch(
      /demo.*TIM_SDKAPPID.*1\. .*\/losses\?.*2\. .*t-1 u-1.*3\. .*\/settings\/system/s,
    )
    expect(startSummary({ ...facts, demo: true })).toMatch(/1\. .*2\. .*3\. /s)
    expect(startSummary(facts)).not.toMatch(/demo|try/i)
  })

  test('shows how long each step took', () => {
    const steps = [
      { name: 'install', ms: 18_240 },
      { name: 'build', ms: 30_000 },
      { name: 'start', ms: 3_960 },
    ]
    expect(startSummary({ ...facts, steps })).toContain('install 18.2 s, build 30.0 s, start 4.0 s')
  })
})
