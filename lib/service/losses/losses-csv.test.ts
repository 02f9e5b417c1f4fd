import { expect, test } from 'vitest'
import type { LossesReply } from '@/lib/contract/losses'
import { lossesCsv } from './losses-csv'

const REPLY: LossesReply = {
  range: { from: '2026-11-19T16:00:00Z', to: '2026-11-20T16:00:00Z', tz: 'Asia/Shanghai', preset: 'yesterday' },
  source: 'task',
  window: { from: '2026-11-19T16:00:00Z', to: '2026-11-20T16:00:00Z' },
  basis: 'exact',
  tasks: [],
  comparison: null,
  days: [],
  stages: [
    {
      stage: 'ready_to_send',
      lost: 90,
      explained: 121,
      unexplained: -31,
      notReported: 0,
      unavailable: 0,
      unexplainedShare: null,
      change: { lost: { count: 30, before: 60 }, explained: null, unexplained: null, notReported: null },
      notCompared: null,
      gone: [],
      top: null,
      vendors: [],
      reasons: [
        {
          code: '-1',
          text: '=HYPERLINK("http://evil.example")',
          count: 121,
          explained: 121,
          share: 1,
          cumulative: 1,
          vendors: [
            { vendor: 'xiaomi', channel: 'offline', count: 100 },
            { vendor: 'apns', channel: 'offline', count: 21 },
          ],
          reason: {
            key: 'certificate_missing',
            title: 'Certificate ID not set',
            meaning: null,
            actor: 'dev',
            fix: null,
            confidence: 'certain',
            source: null,
          },
          change: { count: 21, before: 100 },
          known: { until: '2026-12-01T16:00:00Z', note: '', doubled: false },
          trend: [],
        },
      ],
    },
  ],
  coverage: { held: 1, expected: 1, missing: [] },
  asOf: null,
  unreadable: 0,
  difference: null,
  freshness: { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null },
}

test('lists each vendor of each reason, then the sums, and no cell that a spreadsheet would run', () => {
  const [head, first, second, ...sums] = lossesCsv(REPLY, { demo: false }).trimEnd().split('\r\n')
  expect(head).toBe(
    'source,from,to,as_of,stage,row,code,text,vendor,channel,count,count_of_code,explained,share,cumulative,before,change,known_until,cause,title,actor,confidence,tz,basis,held,expected,note',
  )
  const own = 'task,2026-11-19T16:00:00Z,2026-11-20T16:00:00Z,,ready_to_send'
  const text = `"'=HYPERLINK(""http://evil.example"")"`
  const cause = 'certificate_missing,Certificate ID not set,dev,certain,Asia/Shanghai,exact,1,1,'
  expect(first).toBe(`${own},reason,"'-1",${text},xiaomi,offline,100,121,121,1,1,100,21,2026-12-01T16:00:00Z,${cause}`)
  expect(second).toBe(`${own},reason,"'-1",${text},apns,offline,21,121,121,1,1,100,21,2026-12-01T16:00:00Z,${cause}`)
  const end = 'Asia/Shanghai,exact,1,1,'
  expect(sums.map((line) => line.replace(own, '').replace(end, ''))).toEqual([
    ',lost,,,,,90,,,,,60,30,,,,,,',
    ',explained,,,,,121,,,,,,,,,,,,',
    ',unexplained,,,,,-31,,,,,,,,,,,,',
    ',unavailable,,,,,0,,,,,,,,,,,,',
    ',not_reported,,,,,0,,,,,,,,,,,,',
  ])
})

test('says in every row that a demo is invented', () => {
  for (const line of lossesCsv(REPLY, { demo: true }).trimEnd().split('\r\n').slice(1)) {
    expect(line).toMatch(/,"Demo, invented data"$/)
  }
})
