import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { TOTAL } from '@/components/report/testing/funnel-samples'
import type { AppReply } from '@/lib/contract/apps'
import type { ComparedTask, CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { Compare } from './compare'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {}, push: () => {} }) }))

const APP: AppReply = {
  ...{ id: '1400187352', sdkAppId: 1_400_187_352, name: 'Shop', region: 'china', utcOffset: '+08:00' },
  ...{ origin: 'environment', demo: false, role: 'viewer' },
}
const more = { difference: 0.031, low: 0.02, high: 0.042, beyondChance: true }
const same = { difference: 0.002, low: -0.006, high: 0.01, beyondChance: false }

const task = (taskId: string, label: string, over: Partial<ComparedTask> = {}): ComparedTask => ({
  ...{ taskId, label, tags: [], sentAt: '2026-11-14T20:00:00Z', age: 86_400, gap: null, counts: TOTAL },
  asOf: '2026-11-15T20:00:00Z',
  ...{ delivery: { sent: 20_000, delivered: 15_000, rate: 0.75 }, differences: null },
  ...over,
})
const FIRST = task('a_b', 'Lunch')
const SECOND = task('c_d', 'Dinner', { differences: { send: same, delivery: more, click: same } })

function draw(over: Partial<CompareTasksReply> = {}, locale: Locale = 'en'): string {
  const reply: CompareTasksReply = {
    ...{ tz: '+08:00', age: '24h', ages: ['1h', '24h'], tasks: [FIRST, SECOND], clickBasis: 'sent' },
    vendors: [{ vendor: 'xiaomi', platform: 2, channel: 'offline' }],
    ...over,
  }
  const query = { task: reply.tasks.map(({ taskId }) => taskId), age: reply.age }
  return renderToStaticMarkup(
    <Compare app={APP} appParam={null} read={{ query, reply, others: [] }} words={wordsIn(locale)} />,
  ).replaceAll('&amp;', '&')
}
const text = (over?: Partial<CompareTasksReply>, locale?: Locale) => visibleText(draw(over, locale))

describe('the comparison', () => {
  test('says each difference, and in words whether it is more than chance', () => {
    const seen = text()
    expect(seen).toContain('+3.1 pp · more than chance')
    expect(seen).toContain('+0.2 pp · could be chance')
    expect(seen).toContain('Dinner: delivery is 3.1 pp higher than Lunch. This is more than chance.')
    expect(seen.match(/This is more than chance/g)).toHaveLength(1)
    expect(draw()).toContain('title="99 % interval: +2.0 pp to +4.2 pp"')
  })

  test('says that a rate is lower, or that no difference is more than chance', () => {
    const lower = { ...more, difference: -0.031, low: -0.042, high: -0.02 }
    const differences = { send: null, delivery: lower, click: null }
    expect(text({ tasks: [FIRST, { ...SECOND, differences }] })).toContain(
      'Dinner: delivery is 3.1 pp lower than Lunch. This is more than chance.',
    )
    const equal = { send: same, delivery: same, click: same }
    expect(text({ tasks: [FIRST, { ...SECOND, differences: equal }] })).toContain('No difference is more than chance.')
  })

  test('shows why a campaign has no numbers at this age, and compares nothing', () => {
    const young = task('c_d', 'Dinner', { age: null, gap: 'too_young', counts: null, delivery: null })
    const seen = text({ tasks: [FIRST, young] })
    expect(seen).toContain('not this old yet')
    expect(seen).toContain('No rates can be compared at this age.')
  })

  test('is silent under 200, and says where no vendor reports in all campaigns', () => {
    const few = { ...TOTAL, sendable: 150, sent: 140, clicked: 3, rates: { ...TOTAL.rates, send: null } }
    const small = task('c_d', 'Dinner', { counts: few, delivery: { sent: 100, delivered: 90, rate: null } })
    expect(text({ tasks: [FIRST, small] }).match(/too few/g)).toHaveLength(3)
    const none = text({
      vendors: [],
      tasks: [
        { ...FIRST, delivery: null },
        { ...SECOND, delivery: null },
      ],
    })
    expect(none).toContain('No vendor reports deliveries in all of these campaigns')
    expect(none.match(/not comparable/g)).toHaveLength(2)
    expect(none).not.toContain('not reported')
  })

  test('says of a missing count that it is unknown, and of a campaign without receipts that it does not report', () => {
    const rates = { ...TOTAL.rates, send: null }
    const blank = task('c_d', 'Dinner', { counts: { ...TOTAL, sendable: null, clicked: null, rates } })
    const seen = text({ tasks: [FIRST, blank] })
    expect(seen.match(/unknown/g)).toHaveLength(2)
    expect(seen).not.toContain('too few')
    const silent = task('c_d', 'Dinner', { counts: { ...TOTAL, delivery: 'unreported' }, delivery: null })
    const mixed = text({ vendors: [], tasks: [{ ...FIRST, delivery: null }, silent] })
    expect(mixed.match(/not comparable/g)).toHaveLength(1)
    expect(mixed.match(/not reported/g)).toHaveLength(1)
  })

  test('links to the ages that all campaigns have, and to each campaign', () => {
    const seen = draw()
    expect(seen).toContain('href="/campaigns/compare?task=a_b%2Cc_d&age=1h"')
    expect(seen).toContain('href="/campaigns/compare?task=a_b%2Cc_d&age=latest"')
    expect(seen).not.toContain('age=7d')
    expect(seen).toContain('href="/campaigns/a_b"')
    expect(text({ age: 'latest' })).toContain('The latest counts have different ages.')
  })

  test('a campaign can be removed while two others stay', () => {
    expect(draw()).not.toContain('Remove')
    const three = draw({ tasks: [FIRST, SECOND, task('e_f', 'Tea')] })
    expect(three).toContain('href="/campaigns/compare?task=c_d%2Ce_f"')
  })

  test.each(LOCALES)('is complete in %s', (locale) => {
    expect(text({}, locale)).not.toMatch(/undefined|\{|null/)
  })
})
