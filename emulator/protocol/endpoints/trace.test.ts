import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANCHOR, startTestEmulator } from '../../testing/client'
import { secondsIn } from '../../world/ids'

interface Case {
  case: string
  pushId?: string
  taskId?: string
  userId: string
}

interface True {
  instance: string
  platform: number
  path: 'online' | 'offline'
  pushedAt: number
  deliveredAt: number | null
  clickedAt: number | null
  lost: { where: 'before' | 'vendor' | 'device'; number: number; text: string; at: number } | null
}

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
let cases: Case[]
beforeAll(async () => {
  emulator = await startTestEmulator()
  cases = (await emulator.control('/truth/pushes?limit=6')).items
})
afterAll(() => emulator.stop())

const trace = ({ pushId, taskId, userId }: Case) =>
  pushId
    ? emulator.call('normal_push_trace', { PushID: pushId })
    : emulator.call('all_member_push_trace', { TaskID: taskId, UserID: userId })

const truth = async ({ pushId, taskId, userId }: Case): Promise<True[]> => {
  const query = new URLSearchParams(pushId ? { pushId } : { taskId: taskId ?? '', userId })
  return (await emulator.control(`/truth/trace?${query}`)).devices
}

const local = (at: number) => new Date((at + 8 * 3_600) * 1_000).toISOString().slice(0, 19).replace('T', ' ')
const ok = (at: number | null) =>
  at === null ? undefined : { PushStatus: 1, ErrorCode: 0, ErrorInfo: 'success', EventTime: local(at) }
/** Treats an empty stage like an absent one: both mean no record. */
const plain = (stage: { PushStatus: number } | undefined) => (stage?.PushStatus === 0 ? undefined : stage)

/** Returns the documented stages for one true event. */
function expected({ pushedAt, deliveredAt, clickedAt, lost }: True) {
  const bad = lost && { PushStatus: 2, ErrorCode: lost.number, ErrorInfo: lost.text, EventTime: local(lost.at) }
  const handed = lost?.where !== 'before'
  return {
    OfflineStat: handed ? ok(pushedAt) : bad,
    ChannelStat: lost?.where === 'vendor' ? bad : handed ? ok(pushedAt) : undefined,
    DeviceStat: lost?.where === 'device' ? bad : ok(deliveredAt),
    ClickStat: ok(clickedAt),
  }
}

describe('a trace', () => {
  test('reports the true outcome of every interesting push', async () => {
    expect(new Set(cases.map((one) => one.case)).size).toBeGreaterThanOrEqual(13)
    for (const one of cases.filter(({ case: name }) => name !== 'unknown user')) {
      const events = await truth(one)
      const { InstanceTrace } = await trace(one)
      if (one.pushId && events.every(({ path }) => path === 'online')) {
        expect(InstanceTrace).toEqual([])
        continue
      }
      expect(InstanceTrace.map((device: { InstanceId: string }) => device.InstanceId)).toEqual([
        ...new Set(events.map(({ instance }) => instance)),
      ])
      for (const event of events) {
        const device = InstanceTrace.find((found: { InstanceId: string }) => found.InstanceId === event.instance)
        expect(device.PushTime).toBe(local(event.pushedAt))
        if (event.path === 'online') {
          const want = { ChannelStat: ok(event.pushedAt), DeviceStat: ok(event.deliveredAt) }
          expect(device.OnlinePushStat).toEqual(JSON.parse(JSON.stringify(want)))
          continue
        }
        const { OfflineStat, ChannelStat, DeviceStat, ClickStat } = device.OfflinePushStat
        const stages = { OfflineStat, ChannelStat, DeviceStat, ClickStat }
        expect(Object.entries(stages).map(([name, stage]) => [one.case, name, plain(stage)])).toEqual(
          Object.entries(expected(event)).map(([name, stage]) => [one.case, name, stage]),
        )
        expect(device.PushPlatform).toBe(event.platform)
      }
    }
  })

  test('has the documented fields, and EventType for campaigns only', async () => {
    const fields = (source: 'pushId' | 'taskId') =>
      Promise.all(
        cases
          .filter((one) => one[source] && one.case === 'delivered and clicked')
          .map(async (one) => Object.keys((await trace(one)).InstanceTrace[0]).sort()),
      )
    const common = [
      'CertId',
      'DeviceModel',
      'IMCommitStat',
      'InstanceId',
      'NotificationStatus',
      'OfflinePushStat',
      'PushPlatform',
      'PushTime',
      'PushVersion',
      'SdkVersion',
      'System',
      'SystemVersion',
      'Token',
      'last_active_terminal',
    ]
    for (const found of await fields('pushId')) expect(found).toEqual(common)
    for (const found of await fields('taskId')) expect(found).toEqual([...common, 'EventType'].sort())
  })

  test('is refused for an unknown user, and empty for an unknown task or push', async () => {
    const unknown = cases.find((one) => one.case === 'unknown user')
    expect((await trace(unknown ?? { case: '', userId: '' })).ErrorCode).toBe(90103)
    const nothing = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: 'sucess', InstanceTrace: [] }
    expect(await trace({ case: '', pushId: '144115233406643804-1727580296-4026038328', userId: '' })).toEqual(nothing)
    expect(await trace({ case: '', taskId: 'nothing', userId: 'user_10000' })).toEqual(nothing)
  })

  test('writes times at the switched offset', async () => {
    const [one = { case: '', userId: '' }] = cases
    const before = (await trace(one)).InstanceTrace[0].PushTime
    await emulator.control('/switches', { utcOffset: '+00:00' })
    const after = (await trace(one)).InstanceTrace[0].PushTime
    expect(Date.parse(`${before}Z`) - Date.parse(`${after}Z`)).toBe(8 * 3_600_000)
    await emulator.control('/switches', { utcOffset: '+08:00' })
  })

  test('grows with time, and is gone after seven days', async () => {
    const [one = { case: '', userId: '' }] = cases.filter((it) => it.case === 'delivered and clicked' && it.taskId)
    const [event] = await truth(one)
    const { offset } = await emulator.control('/clock')
    const stagesAt = async (at: number) => {
      await emulator.control('/clock', { offset: offset + at - ANCHOR })
      const { InstanceTrace } = await trace(one)
      return Object.keys(InstanceTrace[0]?.OfflinePushStat ?? {})
    }
    const { pushedAt = 0, deliveredAt, clickedAt } = event ?? {}
    // The clock keeps running during the test, hence a minute of tolerance on each side.
    expect(await stagesAt(pushedAt - 60)).toEqual([])
    if ((clickedAt ?? 0) - (deliveredAt ?? 0) > 120) {
      expect(await stagesAt((clickedAt ?? 0) - 60)).not.toContain('ClickStat')
    }
    expect(await stagesAt((clickedAt ?? 0) + 1)).toContain('ClickStat')
    const taskAt = secondsIn(one.taskId ?? '') ?? 0
    expect(await stagesAt(taskAt + 7 * 86_400 - 60)).toContain('ClickStat')
    expect(await stagesAt(taskAt + 7 * 86_400 + 60)).toEqual([])
    await emulator.control('/clock', { offset })
  })
})
