import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ANCHOR, endpointUrl, startTestEmulator } from '../testing/client'

const DAY = { StartTime: ANCHOR - 86_400 * 4, EndTime: ANCHOR - 86_400, TaskID: [] }
const STATISTICS = 'all_member_push_statistics'
const LOSS = 'normal_push_loss'

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
let before: Record<string, unknown>
beforeAll(async () => {
  emulator = await startTestEmulator()
  before = (await ask()).Results[0]
})
afterEach(() => emulator.control('/faults/reset', {}))
afterAll(() => emulator.stop())

const ask = (endpoint = STATISTICS) => emulator.call(endpoint, DAY)
const fault = (of: Record<string, unknown>) => emulator.control('/faults', of)
const raw = (endpoint = STATISTICS, signal?: AbortSignal) =>
  fetch(endpointUrl(emulator.url, endpoint), { method: 'POST', body: JSON.stringify(DAY), signal: signal ?? null })

type Row = Record<string, number>
const rowsOf = (result: Record<string, unknown>) => result.PlatformStatistics as Row[]

describe('a transport fault', () => {
  test('latency delays the answer', async () => {
    await fault({ kind: 'latency', ms: 150 })
    await ask()
    const { items } = await emulator.control('/arrivals')
    expect(items.at(-1).tookMs).toBeGreaterThanOrEqual(149)
  })

  test('hang never answers, and the call stays in flight', async () => {
    await fault({ kind: 'hang', times: 1 })
    const gone = new AbortController()
    const waiting = raw(STATISTICS, gone.signal)
    const seen = await poll(async () => (await emulator.control('/arrivals')).items.at(-1).tookMs === null)
    expect(seen).toBe(true)
    await ask()
    expect((await emulator.control('/arrivals')).items.at(-1).inFlight).toBe(1)
    gone.abort()
    await expect(waiting).rejects.toThrow()
    expect(await poll(async () => (await emulator.control('/arrivals')).items.at(-2).tookMs !== null)).toBe(true)
  })

  test('reset drops the connection', async () => {
    await fault({ kind: 'reset', times: 1 })
    await expect(raw()).rejects.toThrow()
    expect((await ask()).ErrorCode).toBe(0)
  })

  test('http502 answers an HTML page', async () => {
    await fault({ kind: 'http502' })
    const answer = await raw()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect(await answer.text()).toContain('<h1>502 Bad Gateway</h1>')
  })

  test('drip sends one byte at a time, and stops when the client disconnects', async () => {
    await fault({ kind: 'drip', ms: 5, times: 1 })
    const gone = new AbortController()
    const answer = await raw(STATISTICS, gone.signal)
    const reader = answer.body?.getReader()
    const sizes = [await reader?.read(), await reader?.read(), await reader?.read()].map((one) => one?.value?.length)
    expect(Math.max(...sizes.map((size) => size ?? 0))).toBeLessThan(5)
    gone.abort()
    expect(await poll(async () => (await emulator.control('/arrivals')).items.at(-1).tookMs !== null)).toBe(true)
  })

  test('truncate drops the connection in the middle of the body', async () => {
    await fault({ kind: 'truncate', times: 1 })
    const answer = await raw()
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow()
  })

  test('huge sends more than 8 MiB, optionally compressed', async () => {
    await fault({ kind: 'huge', times: 1 })
    expect((await (await raw()).text()).length).toBeGreaterThan(8 * 1_024 * 1_024)
    await fault({ kind: 'huge', gzip: true })
    const answer = await raw()
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(100_000)
    expect(JSON.parse(await answer.text()).ErrorCode).toBe(0)
  })

  test('invalidJson follows the documents: a trailing comma, or an object without a name', async () => {
    await fault({ kind: 'invalidJson', times: 1 })
    const comma = await (await raw(LOSS)).text()
    expect(() => JSON.parse(comma)).toThrow()
    expect(JSON.parse(comma.replace(/,\]\}$/, ']}')).ErrorCode).toBe(0)
    await fault({ kind: 'invalidJson', times: 1 })
    expect(await (await raw()).text()).toMatch(/,\]\}\]\}$/)
    await fault({ kind: 'invalidJson', variant: 'anonymousObject' })
    const anonymous = await (await raw(LOSS)).text()
    expect(() => JSON.parse(anonymous)).toThrow()
    expect(anonymous).toMatch(/^\{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"sucess",\{"ReadyToSendLoss":\[/)
  })
})

describe('a content fault', () => {
  test('code answers any code', async () => {
    await fault({ kind: 'code', code: 60020, text: 'in arrears' })
    expect(await ask()).toEqual({ ActionStatus: 'FAIL', ErrorCode: 60020, ErrorInfo: 'in arrears' })
  })

  test('decreasing lowers every count', async () => {
    await fault({ kind: 'decreasing', factor: 0.5 })
    const after = (await ask()).Results[0]
    expect(after.TotalCount).toBe(Math.floor(Number(before.TotalCount) / 2))
    expect(after.PlatformStatistics[0].SentCount).toBe(Math.floor((rowsOf(before)[0]?.SentCount ?? 0) / 2))
  })

  test('late adds to every row and adjusts the totals', async () => {
    await fault({ kind: 'late', extra: 7 })
    const after = (await ask()).Results[0]
    const rows = rowsOf(before)
    expect(after.PlatformStatistics[0].DeliveredCount).toBe((rows[0]?.DeliveredCount ?? 0) + 7)
    expect(after.DeliveredCount).toBe(Number(before.DeliveredCount) + 7 * rows.length)
  })

  test('unknownPlatform adds an unknown vendor and unknown fields', async () => {
    await fault({ kind: 'unknownPlatform', platform: 11 })
    const answer = await ask()
    const last: Row = answer.Results[0].PlatformStatistics.at(-1)
    expect(last).toMatchObject({ PushPlatform: 11, ShowCount: 1 })
    expect(answer.RequestId).toBeDefined()
    expect(answer.Results[0].TotalCount).toBe(Number(before.TotalCount) + (last.TotalCount ?? 0))
  })

  test('missingArrays omits lists or sets them to null', async () => {
    await fault({ kind: 'missingArrays' })
    expect((await ask()).Results[0]).not.toHaveProperty('PlatformStatistics')
    const loss = await ask(LOSS)
    expect(loss).not.toHaveProperty('PostSendDeliveredLoss')
    expect(loss.PlatformReadyToSendLoss).toBeNull()
    expect(loss.ReadyToSendLoss.length).toBeGreaterThan(0)
  })

  test('duplicateRows splits every row into two', async () => {
    await fault({ kind: 'duplicateRows' })
    const after = (await ask()).Results[0]
    const rows = rowsOf(before)
    expect(after.PlatformStatistics).toHaveLength(rows.length * 2)
    const [one, two] = after.PlatformStatistics
    expect(one.PushPlatform).toBe(two.PushPlatform)
    expect(one.SentCount + two.SentCount).toBe(rows[0]?.SentCount)
    expect(after.SentCount).toBe(before.SentCount)
  })

  test('strangeText sets the text beside every code, and appends it to the code', async () => {
    await fault({ kind: 'strangeText', text: '<b>' })
    const [row] = (await ask(LOSS)).ReadyToSendLoss
    expect([row.ErrInfo, row.ErrCode]).toEqual(['<b>', expect.stringMatching(/^-?\d+ <b>$/)])
  })

  test('numbersAsStrings swaps numbers and text', async () => {
    await fault({ kind: 'numbersAsStrings' })
    expect((await ask()).Results[0].TotalCount).toBe(String(before.TotalCount))
    const [row] = (await ask(LOSS)).ReadyToSendLoss
    expect([typeof row.ErrCode, typeof row.ErrCount]).toEqual(['number', 'string'])
  })
})

describe('faults', () => {
  test('affect only their endpoint and app, and only the given number of calls', async () => {
    await fault({ kind: 'code', code: 91000, endpoint: LOSS, times: 2 })
    await fault({ kind: 'code', code: 90102, sdkAppId: 5 })
    expect((await ask()).ErrorCode).toBe(0)
    expect([(await ask(LOSS)).ErrorCode, (await ask(LOSS)).ErrorCode, (await ask(LOSS)).ErrorCode]).toEqual([
      91000, 91000, 0,
    ])
  })

  test('of one kind apply one after another, of different kinds together', async () => {
    await fault({ kind: 'code', code: 1, times: 1 })
    await fault({ kind: 'code', code: 2, times: 1 })
    await fault({ kind: 'invalidJson', times: 1 })
    expect(await (await raw()).text()).toContain('"ErrorCode":1,')
    expect([(await ask()).ErrorCode, (await ask()).ErrorCode]).toEqual([2, 0])
  })

  test('with misspelt fields are rejected', async () => {
    for (const wrong of [{ kind: 'hangs' }, { kind: 'hang', time: 1 }, { kind: 'hang', endpoint: 'x' }, {}]) {
      const answer = await fetch(`${emulator.controlUrl}/faults`, { method: 'POST', body: JSON.stringify(wrong) })
      expect(answer.status).toBe(400)
    }
    expect((await emulator.control('/faults')).items).toEqual([])
  })
})

async function poll(wanted: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + 5_000
  while (performance.now() < deadline) if (await wanted()) return true
  return false
}
