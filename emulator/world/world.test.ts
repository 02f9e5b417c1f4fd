import { describe, expect, test } from 'vitest'
import { ANCHOR } from '../testing/client'
import { DAY, dayOf, HOUR, hourOf, weekday } from './calendar'
import { userOf } from './devices'
import { secondsIn } from './ids'
import { staleShare } from './incidents'
import { reasonAt } from './reasons'
import type { Row } from './rows'
import { APNS, HUAWEI, VIVO, XIAOMI } from './vendors'
import { World } from './world'

const APP = 1_400_187_352
const world = new World(1, APP, ANCHOR)
const today = dayOf(ANCHOR)

const rowsOf = (day: number): Row[] => {
  const { chat, campaigns } = world.day(day)
  return [...chat, ...campaigns.flatMap(({ rows }) => [...rows])]
}
const share = (rows: Row[], wanted: (row: Row) => boolean) => rows.filter(wanted).length / Math.max(1, rows.length)
const codeIs = (code: string) => (row: Row) => row.reason > 0 && reasonAt(row.reason).code === code

describe('a world', () => {
  test('is the same for the same seed, app and day, whatever was generated before', () => {
    const again = new World(1, APP, ANCHOR + 100)
    again.day(today + 9)
    expect(again.day(today - 4).chat).toEqual(world.day(today - 4).chat)
    expect(again.campaigns(ANCHOR)).toEqual(world.campaigns(ANCHOR))
    expect(rowsOf(today + 1).length).toBe([...again.day(today + 1).chat].length + sent(again, today + 1))
  })

  test('differs for another seed or app', () => {
    for (const other of [new World(2, APP, ANCHOR), new World(1, APP + 1, ANCHOR)]) {
      expect(other.day(today).chat.at).not.toEqual(world.day(today).chat.at)
    }
  })

  test('sends 15,000 to 65,000 pushes a day, and more than 200 per channel', () => {
    for (let day = today - 34; day <= today + 2; day++) {
      const { chat, campaigns } = world.day(day)
      const sent = campaigns.reduce((sum, { rows }) => sum + rows.length, chat.length)
      expect(sent).toBeGreaterThan(15_000)
      expect(sent).toBeLessThan(65_000)
      for (let platform = 0; platform <= 8; platform++) {
        expect(chat.platform.filter((of) => of === platform).length).toBeGreaterThan(200)
      }
    }
  })

  test('has about 40 campaigns in 30 days, some for single users, with sizes that differ', () => {
    const campaigns = world.campaigns(ANCHOR).filter(({ at }) => at > ANCHOR - 30 * DAY)
    expect(campaigns.length).toBeGreaterThan(35)
    expect(campaigns.length).toBeLessThan(50)
    expect(campaigns.filter(({ taskId }) => taskId.startsWith('batch_')).length).toBeGreaterThan(2)
    expect(new Set(campaigns.map(({ taskId }) => taskId)).size).toBe(campaigns.length)
    expect(campaigns.every(({ label, tags }) => label !== '' && tags.length > 0)).toBe(true)
    const tags = new Set(campaigns.flatMap((campaign) => campaign.tags))
    expect([...tags]).toEqual(expect.arrayContaining(['sale', 'news', 'transactional', 'ab-test']))
    const sizes = [-4, -2, -1].flatMap((n) => world.day(today + n).campaigns.map(({ rows }) => rows.length))
    expect(Math.max(...sizes)).toBeGreaterThan(2 * Math.min(...sizes))
  })

  test('has two A/B tests whose variants reach different users, and variant B has more clicks', () => {
    const tests = [9, 3].map((ago) => world.day(today - ago).campaigns.filter(({ campaign }) => campaign.half !== null))
    for (const variants of tests) {
      expect(variants.map(({ campaign }) => campaign.label.at(-1))).toEqual(['A', 'B'])
      const [a = [], b = []] = variants.map(({ rows }) => [...rows])
      const users = new Set(a.map(({ device }) => userOf(device)))
      expect(b.some(({ device }) => users.has(userOf(device)))).toBe(false)
      expect(Math.abs(a.length - b.length)).toBeLessThan(a.length / 5)
      const clicks = [a, b].map((rows) => share(rows, (row) => row.clickedAt > 0))
      expect(clicks[1]).toBeGreaterThan(1.15 * (clicks[0] ?? 1))
    }
  })

  test('spreads campaigns over every day, so that no hour is a spike', () => {
    for (let day = today - 30; day < today; day++) {
      const hours = new Array<number>(24).fill(0)
      for (const { rows } of world.day(day).campaigns)
        for (const { at } of rows) hours[hourOf(at)] = (hours[hourOf(at)] ?? 0) + 1
      const total = hours.reduce((sum, count) => sum + count, 0)
      expect(hours.filter((count) => count > total / 100).length).toBeGreaterThan(12)
      expect(Math.max(...hours)).toBeLessThan(total / 4)
    }
  })

  test('has a weekly rhythm: Friday sends more than Wednesday', () => {
    const sentOn = (wanted: number) =>
      Array.from({ length: 28 }, (_, n) => today - 1 - n)
        .filter((day) => weekday(day) === wanted)
        .reduce((sum, day) => sum + sent(world, day), 0)
    expect(sentOn(5)).toBeGreaterThan(1.5 * sentOn(3))
  })

  test('builds TaskIDs in the pattern of public samples', () => {
    for (const { taskId, at } of world.campaigns(ANCHOR)) {
      expect(taskId).toMatch(/^(batch_)?[0-9a-f]{8}_537529d8_200000[0-9a-f]{9}_[0-9a-f]{8}_[0-9a-f]{1,8}$/)
      expect(secondsIn(taskId)).toBe(at)
    }
  })

  test('sends the first push of a campaign in its own second, and the rest in order', () => {
    for (const { campaign, rows } of world.day(today - 4).campaigns) {
      expect(rows.at[0]).toBe(campaign.at)
      expect([...rows.at]).toEqual([...rows.at].sort((a, b) => a - b))
    }
    const { chat } = world.day(today - 4)
    expect([...chat.at]).toEqual([...chat.at].sort((a, b) => a - b))
  })

  test('sends fewer messages at night than in the evening', () => {
    const { chat } = world.day(today - 4)
    const hour = (row: Row) => Math.floor(((row.at + 8 * HOUR) % DAY) / HOUR)
    expect(share([...chat], (row) => hour(row) === 20)).toBeGreaterThan(10 * share([...chat], (row) => hour(row) === 3))
  })

  test('has no events before its first day', () => {
    expect([...world.between(0, (world.firstDay - 1) * DAY)]).toEqual([])
    expect(world.day(world.firstDay - 1).chat).toHaveLength(0)
  })

  test('has no event of a push before it was sent or more than two days after', () => {
    for (const row of rowsOf(today - 8)) {
      for (const at of [row.lostAt, row.deliveredAt, row.clickedAt].filter((at) => at > 0)) {
        expect(at).toBeGreaterThanOrEqual(row.at)
        expect(at).toBeLessThanOrEqual(row.at + 48 * HOUR)
      }
      if (row.reason > 0) expect(row.deliveredAt + row.clickedAt).toBe(0)
    }
  })
})

function sent(world: World, day: number): number {
  return world.day(day).campaigns.reduce((sum, { rows }) => sum + rows.length, 0)
}

describe('incidents', () => {
  const of = (platform: number, day: number) => rowsOf(day).filter((row) => row.platform === platform)

  test("vivo's tokens go stale over five days", () => {
    const days = [-6, -4, -2, 0].map((n) => share(of(VIVO, today + n), codeIs('10302')))
    expect(days[0]).toBeLessThan(0.05)
    expect([...days].sort((a, b) => a - b)).toEqual(days)
    expect(days[3]).toBeGreaterThan(0.3)
  })

  test('the APNs certificate was expired yesterday evening, for six hours', () => {
    const { from, to } = world.incidents.apnsCertificateExpired
    expect(to - from).toBe(6 * HOUR)
    const rows = [...of(APNS, today - 1), ...of(APNS, today)]
    const during = rows.filter((row) => row.at >= from && row.at < to)
    const handed = during.filter((row) => row.reason === 0 || reasonAt(row.reason).where !== 'before')
    expect(handed.length).toBeGreaterThan(200)
    expect(handed.every((row) => reasonAt(row.reason).text === 'BadCertificate')).toBe(true)
    const outside = rows.filter((row) => row.at < from || row.at >= to)
    expect(outside.some((row) => row.reason > 0 && reasonAt(row.reason).text === 'BadCertificate')).toBe(false)
  })

  test('Xiaomi delivered nothing for a day and reported no reason', () => {
    expect(share(of(XIAOMI, today - 6), (row) => row.deliveredAt > 0)).toBe(0)
    expect(share(of(XIAOMI, today - 6), (row) => row.reason === 0)).toBeGreaterThan(0.8)
    for (const day of [today - 7, today - 5]) {
      expect(share(of(XIAOMI, day), (row) => row.deliveredAt > 0)).toBeGreaterThan(0.6)
    }
  })

  test("Huawei's receipts begin four days ago", () => {
    expect(share(of(HUAWEI, today - 5), (row) => row.deliveredAt > 0)).toBe(0)
    expect(share(of(HUAWEI, today - 3), (row) => row.deliveredAt > 0)).toBeGreaterThan(0.6)
  })

  test('all of them show in the last seven full days, and two in the last 24 hours', () => {
    const { vivoTokensStale, apnsCertificateExpired, xiaomiSilent, huaweiReceipts } = world.incidents
    const begins = [vivoTokensStale, apnsCertificateExpired, xiaomiSilent, huaweiReceipts].map(({ from }) =>
      dayOf(from),
    )
    for (const day of begins) {
      expect(day).toBeGreaterThan(today - 7)
      expect(day).toBeLessThan(today)
    }
    expect(apnsCertificateExpired.to).toBeGreaterThan(ANCHOR - DAY)
    expect(staleShare(ANCHOR, vivoTokensStale)).toBe(0.4)
  })

  test('FCM, Meizu and Honor report clicks but no deliveries', () => {
    for (const platform of [4, 5, 8]) {
      expect(share(of(platform, today - 4), (row) => row.deliveredAt > 0)).toBe(0)
      expect(share(of(platform, today - 4), (row) => row.clickedAt > 0)).toBeGreaterThan(0)
    }
  })
})
