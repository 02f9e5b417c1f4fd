import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf, textsOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { COLLECTING, type StatusReply } from '@/lib/contract/apps'
import type { ErrorCode } from '@/lib/contract/errors'
import { ENDPOINTS } from '@/lib/contract/sources'
import { Status } from './status'

const idle: StatusReply['lanes'][number] = {
  endpoint: 'normal_push_loss',
  state: 'idle',
  queue: 0,
  callsToday: 0,
  failedToday: 0,
  failures: [],
  spacingMs: 1_000,
  pausedUntil: null,
  lastCallAt: null,
  problem: null,
}
const fixed = { region: 'china', utcOffset: '+08:00', origin: 'environment', demo: false, role: 'admin' } as const
const note = (code: ErrorCode) => ({ code, title: '', detail: '', upstreamCode: 90045, since: '2026-11-21T01:00:00Z' })

function status(lanes: Partial<typeof idle>[] = [{}], credential: StatusReply['credential'] = null): StatusReply {
  return {
    app: { id: '14', sdkAppId: 14, name: 'Shop', ...fixed },
    now: '2026-11-21T04:03:22Z',
    credential,
    collecting: { state: 'collecting', since: null },
    everyS: null,
    hourly: true,
    probes: {
      at: null,
      parts: null,
      hours: null,
      sums: null,
      end: null,
      grain: null,
      counted: null,
      lag: null,
      offset: null,
    },
    crowded: null,
    lanes: lanes.map((lane) => ({ ...idle, ...lane })),
    archive: [
      {
        source: 'task',
        metric: 'loss',
        held: 160,
        expected: 167,
        lost: 3,
        pending: 4,
        nextLossAt: null,
        etaMs: 61_000,
      },
      {
        source: 'chat',
        metric: 'statistics',
        held: 719,
        expected: 719,
        lost: 0,
        pending: 0,
        nextLossAt: null,
        etaMs: 0,
      },
    ],
  }
}

function draw(reply: StatusReply, locale: Locale = 'en', failure: ErrorCode | null = null): string {
  const words = wordsIn(locale)
  return renderToStaticMarkup(
    <Status reply={reply} words={words} failure={failure} repair={<i>repair</i>} apart={<i>apart</i>} />,
  )
}

describe.each(LOCALES)('the state of calls, in %s', (locale) => {
  const { system } = messagesOf(locale)

  test('names every endpoint in words and by Tencent’s name', () => {
    const seen = draw(status(ENDPOINTS.map((endpoint) => ({ endpoint }))), locale)
    for (const endpoint of ENDPOINTS) {
      expect(seen).toContain(system.endpoint[endpoint])
      expect(seen).toContain(`>${endpoint}<`)
    }
  })

  test('has a word for each state, not only a colour', () => {
    for (const state of ['idle', 'busy', 'waiting', 'paused', 'stopped'] as const) {
      expect(visibleText(draw(status([{ state }]), locale))).toContain(system.state[state])
    }
  })
})

test('counts today over all endpoints, and says which day that is', () => {
  const seen = visibleText(draw(status([{ callsToday: 1_200, failedToday: 3 }, { callsToday: 34 }])))
  expect(seen).toContain('Calls today: 1,234 · failed: 3')
  expect(seen).toContain('midnight UTC')
})

test('says why calls failed, and when', () => {
  const failures = [
    { code: 'upstream_too_fast' as const, upstreamCode: 60018, count: 1_200, lastAt: '2026-11-21T03:58:00Z' },
    { code: null, upstreamCode: null, count: 2, lastAt: null },
  ]
  const seen = visibleText(draw(status([{ callsToday: 1_300, failedToday: 1_202, failures }])))
  expect(seen).toMatch(/1,200× .+ \(60018\), last 21 Nov 11:58 2× No readable answer /)
  expect(seen).toContain('midnight UTC')
})

test('shows times in the app’s zone', () => {
  const paused = { state: 'paused' as const, pausedUntil: '2026-11-21T05:00:00Z', lastCallAt: '2026-11-21T04:00:00Z' }
  const seen = visibleText(draw(status([paused])))
  expect(seen).toContain('Paused until 21 Nov 13:00')
  expect(seen).toContain('21 Nov 12:00')
  expect(seen).toContain('Updated 12:03:22 (UTC+8)')
})

test('says that a lane has sent no request, and does not round a short spacing to 0', () => {
  const seen = visibleText(draw(status([{ spacingMs: 50 }])))
  expect(seen).toContain('never')
  expect(seen).toContain('0.05 s')
})

test('shows a lane’s problem beside its state, with its start', () => {
  const seen = visibleText(draw(status([{ state: 'stopped', problem: note('upstream_not_enabled') }])))
  expect(seen).toContain('Stopped The Push service is not enabled, since 21 Nov 09:00')
})

test('reports a stopped app at the top, once, with the button to check again', () => {
  const seen = draw(status([{ state: 'stopped' }], note('upstream_credential')))
  expect(seen.indexOf('Tencent refuses the key')).toBeLessThan(seen.indexOf('<table'))
  expect(seen.match(/repair/g)).toHaveLength(1)
  expect(draw(status()).match(/repair/g)).toHaveLength(1)
})

test('reports a failed refresh and keeps the data', () => {
  const seen = visibleText(draw(status(), 'en', 'unavailable'))
  expect(seen).toContain('Not refreshed: Pushlens is not ready')
  expect(seen).toContain('normal_push_loss')
})

test.each(LOCALES)('the archive shows what is stored, lost and outstanding, in %s', (locale) => {
  const { t } = wordsIn(locale)
  const seen = visibleText(draw(status(), locale))
  expect(seen).toContain(t('system.archive.of', { held: '160', expected: '167' }))
  expect(seen).toContain(t('system.archive.minutes', { n: 2 }))
  expect(seen).toContain(t('system.archive.done'))
})

describe.each(LOCALES)('collection, in %s', (locale) => {
  const { system } = textsOf(locale)
  const of = (change: Partial<StatusReply>) => visibleText(draw({ ...status(), ...change }, locale))

  test('has a sentence for each state, with its start', () => {
    for (const state of COLLECTING) {
      const [lead = ''] = system.collecting.state[state].split('{time}')
      expect(of({ collecting: { state, since: '2026-11-21T01:00:00Z' } })).toContain(lead)
    }
    expect(of({ collecting: { state: 'paused', since: '2026-11-21T01:00:00Z' } })).toContain('09:00')
  })

  test('warns about other software’s calls, and offers to separate lanes only when they are together', () => {
    const at = '2026-11-21T01:00:00Z'
    expect(of({})).not.toContain(system.collecting.crowded.title)
    expect(of({ crowded: { at, together: false } })).toContain(system.collecting.crowded.title)
    expect(of({ crowded: { at, together: false } })).not.toContain('apart')
    expect(of({ crowded: { at, together: true } })).toContain('apart')
  })

  test('shows the rest of the first fill in minutes, then in hours', () => {
    const left = (etaMs: number) => {
      const [row] = status().archive
      return of({ archive: row ? [{ ...row, etaMs }] : [] })
    }
    const words = wordsIn(locale)
    expect(left(119 * 60_000)).toContain(words.t('system.archive.minutes', { n: 119 }))
    expect(left(150 * 60_000)).toContain(words.t('system.archive.hours', { n: 3 }))
  })
})

describe.each(LOCALES)('measurements, in %s', (locale) => {
  const { system } = messagesOf(locale)
  const none = status().probes
  const of = (change: Partial<StatusReply>) => visibleText(draw({ ...status(), ...change }, locale))

  test('have a sentence for each result, and a text for missing results', () => {
    const probes = {
      ...none,
      ...({ at: '2026-11-21T01:00:00Z', parts: 'differ', hours: 'add_up', end: 'included', grain: 'minute' } as const),
      ...({ counted: 'event', lag: 'day', sums: 'differ' } as const),
    }
    const { parts, hours, sums, end, grain, counted, lag, unknown } = system.probes
    const seen = of({ probes })
    const sentences = [parts.differ, hours.add_up, sums.differ, end.included, grain.minute, counted.event, lag.day]
    for (const sentence of sentences) expect(seen).toContain(sentence)
    expect(seen).not.toContain(unknown)
    expect(of({}).split(unknown)).toHaveLength(8)
  })

  test('name another offset, and report that hourly data is off', () => {
    expect(of({})).not.toContain('TIM_UTC_OFFSET')
    expect(of({ probes: { ...none, offset: '+09:00' } })).toContain('TIM_UTC_OFFSET=+09:00')
    expect(of({})).not.toContain(system.probes.byDay)
    expect(of({ hourly: false })).toContain(system.probes.byDay)
  })
})
