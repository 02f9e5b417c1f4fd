import { expect, test } from 'vitest'
import { taskCoverCsv } from './task-cover-csv'

test('lists each hour, leaves unknown counts empty, and says that a demo is invented', () => {
  const hour = { from: '2026-11-20T08:00:00Z', to: '2026-11-20T09:00:00Z', losesReasonsAt: '2026-11-27T08:00:00Z' }
  const reply = {
    range: { from: hour.from, to: hour.to, tz: 'UTC', preset: null },
    hours: [{ ...hour, sent: 41_200, known: null, unregistered: null }],
    sum: { hours: 0, sent: null, known: null, unregistered: null },
    asOf: '2026-11-20T10:00:00Z',
  }
  const row = `${hour.from},${hour.to},2026-11-20T10:00:00Z,41200,,,${hour.losesReasonsAt}`
  const [head, line] = taskCoverCsv(reply, { demo: false }).split('\r\n')
  expect([head, line]).toEqual(['from,to,as_of,sent,known,unregistered,loses_reasons_at,note', `${row},`])
  expect(taskCoverCsv(reply, { demo: true }).split('\r\n')[1]).toBe(`${row},"Demo, invented data"`)
})
