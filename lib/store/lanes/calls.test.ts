import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { addApp } from '@/lib/store/testing/lanes'
import { countCall, createCalls } from './calls'

const AT = 1_795_240_800_000

describeStores('calls', ({ open, again }) => {
  test('are counted per app, endpoint, day and code', async () => {
    const db = await open()
    await addApp(db)
    await addApp(db, 'other')
    const calls = createCalls(db)
    for (const code of [0, 0, -1, 60018, 0])
      await countCall(db, 'app', 'normal_push_loss', { day: '2026-11-21', code, atMs: AT })
    await countCall(db, 'app', 'normal_push_trace', { day: '2026-11-21', code: 0, atMs: AT })
    await countCall(db, 'app', 'normal_push_loss', { day: '2026-11-22', code: 0, atMs: AT })
    await countCall(db, 'other', 'normal_push_loss', { day: '2026-11-21', code: 0, atMs: AT })

    expect(await calls.ofDay('app', '2026-11-21')).toEqual([
      { endpoint: 'normal_push_loss', code: -1, count: 1, lastAtMs: AT },
      { endpoint: 'normal_push_loss', code: 0, count: 3, lastAtMs: AT },
      { endpoint: 'normal_push_loss', code: 60018, count: 1, lastAtMs: AT },
      { endpoint: 'normal_push_trace', code: 0, count: 1, lastAtMs: AT },
    ])
    expect(await calls.ofDay('app', '2026-11-23')).toEqual([])
    const loss = ['normal_push_loss'] as const
    expect(await calls.ofDays('app', loss, { first: '2026-11-20', last: '2026-11-21' })).toEqual([
      { day: '2026-11-21', code: -1, count: 1 },
      { day: '2026-11-21', code: 0, count: 3 },
      { day: '2026-11-21', code: 60018, count: 1 },
    ])
    expect(await calls.ofDays('app', loss, { first: '2026-11-22', last: '2026-11-22' })).toMatchObject([{ count: 1 }])
    expect(await calls.total('app')).toEqual([
      { endpoint: 'normal_push_loss', code: -1, count: 1 },
      { endpoint: 'normal_push_loss', code: 0, count: 4 },
      { endpoint: 'normal_push_loss', code: 60018, count: 1 },
      { endpoint: 'normal_push_trace', code: 0, count: 1 },
    ])
  })

  test('of two processes are summed', async () => {
    const db = await open()
    await addApp(db)
    const both = [db, await again()]
    const counted = both.flatMap((one) =>
      Array.from({ length: 20 }, () =>
        countCall(one, 'app', 'normal_push_loss', { day: '2026-11-21', code: 0, atMs: AT }),
      ),
    )
    await Promise.all(counted)
    expect(await createCalls(db).ofDay('app', '2026-11-21')).toMatchObject([{ code: 0, count: 40 }])
  })
})
