import { describe, expect, test } from 'vitest'
import { filterOutput } from './output.mjs'
import { startSummary } from './start-summary.mjs'

function filter(verbose = false) {
  const printed: string[] = []
  return { printed, output: filterOutput({ verbose, print: (line) => printed.push(line) }) }
}
const LINK = 'http://localhost:3000/setup#tok-en_1'
const SETUP_LINE = `No administrator yet. Open this address once to become one: ${LINK}`

describe("the server's output", () => {
  test('is held until the start is over, and then read', () => {
    const { output, printed } = filter()
    output.line('a problem', 'stderr')
    expect(printed).toEqual([])
    output.release()
    output.line('another', 'stderr')
    expect(printed).toEqual(['a problem', 'another'])
  })

  test.each([LINK, LINK.replace('#', '?token=')])(
    'gives %s to the closing lines and does not show it twice',
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

  test('is shown whole and at once when asked for', () => {
    const { output, printed } = filter(true)
    for (const line of [SETUP_LINE, '{"level":20}', '✓']) output.line(line, 'stdout')
    expect(printed).toEqual([SETUP_LINE, '{"level":20}', '✓'])
    expect(output.setupLink()).toBe(LINK)
  })
})

describe('the closing lines', () => {
  const facts = {
    url: 'http://localhost:3000',
    setupLink: null,
    adminEmail: undefined,
    data: '/srv/data',
    demo: false,
    examples: [],
  }

  test('say where to go, where the data is and how to stop', () => {
    expect(startSummary(facts)).toMatch(/http:\/\/localhost:3000.*\/srv\/data.*Ctrl-C/s)
  })

  test('say how to sign in: by the link, as the administrator of the environment, or with an account', () => {
    expect(startSummary({ ...facts, setupLink: LINK })).toContain(LINK)
    expect(startSummary({ ...facts, adminEmail: 'ana@example.com' })).toContain(
      'as ana@example.com, with ADMIN_PASSWORD',
    )
    expect(startSummary(facts)).toContain('with your account')
  })

  test('call a demo a demo', () => {
    expect(startSummary({ ...facts, demo: true, examples: ['two devices: TaskID t, UserID u'] })).toMatch(
      /demo.*TIM_SDKAPPID.*Look up.*TaskID t, UserID u/s,
    )
    expect(startSummary(facts)).not.toMatch(/demo/i)
  })
})
