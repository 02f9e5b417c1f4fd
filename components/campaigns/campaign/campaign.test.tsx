import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { funnel, TOTAL, WAITING } from '@/components/report/testing/funnel-samples'
import type { AppReply } from '@/lib/contract/apps'
import {
  type AgedFunnel,
  type AtAge,
  type CampaignView,
  TASK_AGES,
  type TaskAge,
} from '@/lib/contract/campaigns/task-ages'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { LossesReply } from '@/lib/contract/losses'
import type { TaskReply } from '@/lib/contract/tasks'
import { Campaign } from './campaign'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {}, push: () => {} }) }))
vi.mock('./refresh-soon', () => ({
  RefreshSoon: ({ ms, atMs }: { ms: number; atMs: number }) => <i data-refresh={`${ms} ${atMs}`} />,
}))

const APP: AppReply = {
  ...{ id: '1400187352', sdkAppId: 1_400_187_352, name: 'Shop', region: 'china', utcOffset: '+08:00' },
  ...{ origin: 'environment', demo: false, role: 'editor' },
}
const TASK: TaskReply = {
  ...{ taskId: 'a_b', label: 'Lunch', tags: ['sale'], note: 'for Kim', sentAt: '2026-11-14T20:00:00Z' },
  ...{ knownBy: 'import', createdAt: '2026-11-20T00:00:00Z' },
}
const at = (over: Partial<Record<TaskAge, AtAge>>) =>
  Object.fromEntries(
    TASK_AGES.map((age) => [age, over[age] ?? { funnel: null, gap: 'not_collected' as const }]),
  ) as Record<TaskAge, AtAge>
const day: AtAge = { funnel: { age: 86_400, at: 1_793_000_000, total: TOTAL, vendors: [] }, gap: null }
const REASON: NonNullable<LossesReply['stages'][number]['reasons']>[number] = {
  ...{ code: '10302', text: 'invalid', count: 900, explained: 900, share: 0.9, cumulative: 0.9, vendors: [] },
  ...{ change: null, known: null, trend: [] },
  reason: {
    ...{ key: 'token_invalid', title: 'Token no longer valid', meaning: null, actor: null, fix: null },
    ...{ confidence: 'certain', source: null },
  },
}
const NO_LOSS = {
  ...{ lost: 0, explained: 0, unexplained: 0, unexplainedShare: null, notReported: 0, unavailable: 0, top: null },
  ...{ vendors: [], change: null, notCompared: null, gone: [] },
}
const LOSSES: LossesReply = {
  ...{ range: funnel().range, source: 'task', window: funnel().range, basis: 'exact', tasks: [], comparison: null },
  ...{ days: [], coverage: funnel().coverage, asOf: null, unreadable: 0, difference: null },
  freshness: funnel().freshness,
  stages: [
    { ...NO_LOSS, stage: 'ready_to_send', reasons: null },
    { ...NO_LOSS, stage: 'post_send', reasons: [REASON] },
  ],
}
const NO_RATES = { send: null, delivery: null, click: null }

function view(over: Partial<CampaignView> = {}): CampaignView {
  return {
    ...{ taskId: 'a_b', task: TASK, otherApp: null, median: null, others: [] },
    growth: { taskId: 'a_b', sentAt: 1, ages: at({}), latest: null, series: [] },
    ...over,
  }
}

interface Shown {
  losses?: LossesReply
  view?: Partial<CampaignView>
  funnel?: FunnelReply
  mayEdit?: boolean
  mayLookUp?: boolean
  isEditing?: boolean
  atMs?: number
}

function draw({ view: over, funnel: reply = funnel(), ...rest }: Shown = {}, locale: Locale = 'en'): string {
  return renderToStaticMarkup(
    <Campaign
      app={APP}
      appParam={null}
      mayEdit={rest.mayEdit ?? true}
      mayLookUp={rest.mayLookUp ?? true}
      isEditing={rest.isEditing ?? false}
      read={{ view: view(over), funnel: reply, losses: rest.losses ?? LOSSES, atMs: rest.atMs ?? 1 }}
      words={wordsIn(locale)}
    />,
  ).replaceAll('&amp;', '&')
}
const text = (shown?: Shown, locale?: Locale) => visibleText(draw(shown, locale))

describe('the page of a campaign', () => {
  test('shows its name, ID, tags and note, and the time of sending in the app’s zone', () => {
    const seen = text()
    for (const part of ['Lunch', 'a_b', 'sale', 'for Kim', 'Sent 2026-11-15 04:00', 'added here']) {
      expect(seen).toContain(part)
    }
  })

  test('shows the four numbers with their rates, and links each drop to the losses of the campaign', () => {
    const seen = draw()
    expect(visibleText(seen)).toContain('891,866 91.5 % of sendable')
    expect(visibleText(seen)).toContain('69.6 % where reported · receipts cover 53.8 %')
    expect(seen).toContain('href="/losses?source=task&task=a_b#ready_to_send"')
    expect(seen).toContain('href="/losses?source=task&task=a_b#post_send"')
  })

  test('shows a vendor without receipts as not reported, never as 0 %', () => {
    const row = draw().match(/<tr[^>]*>(?:(?!<\/tr>).)*HUAWEI.*?<\/tr>/)?.[0] ?? ''
    expect(visibleText(row)).toContain('not reported')
    expect(visibleText(row)).not.toMatch(/\b0(\.0)? %/)
  })

  test('says how to turn on the receipts of vendors without them', () => {
    expect(draw()).toContain('href="#receipts"')
    expect(text()).toContain('How to turn receipts on')
    expect(draw()).toContain('id="receipts-huawei"')
  })

  test('shows each age beside the median of its tag, and says why an age is unknown', () => {
    const ages = at({ '24h': day, '7d': { funnel: null, gap: 'too_young' } })
    const median = {
      tag: 'sale',
      ages: { ...Object.fromEntries(TASK_AGES.map((age) => [age, NO_RATES])), '24h': { ...NO_RATES, delivery: 0.65 } },
    } as CampaignView['median']
    const growth = { taskId: 'a_b', sentAt: 1, ages, latest: null, series: [] }
    const seen = text({ view: { growth, median } })
    expect(seen).toContain('other campaigns with the tag sale')
    expect(seen).toContain('24 h 891,866 69.6 % Median 65.0 % · +4.6 pp')
    expect(seen).toContain('7 days not this old yet')
    expect(seen).toContain('1 h not collected at this age')
    expect(text()).toContain('A median needs at least three other campaigns')
  })

  test('interrupts a line where a count is unknown', () => {
    const point = (age: number, delivered: number | null) => ({ age, sent: 10, delivered, clicked: 1 })
    const counts = [4, null, 5, 6]
    const growth = { ...view().growth, series: counts.map((delivered, i) => point((i + 1) * 3_600, delivered)) }
    const lines = [...draw({ view: { growth } }).matchAll(/<polyline[^>]*stroke="([^"]*)"[^>]*points="([^"]*)"/g)]
    expect(lines.map(([, colour, points = '']) => [colour, new Set(points.split(' ')).size])).toEqual([
      ['var(--m-sent)', 4],
      ['var(--m-delivered)', 1],
      ['var(--m-delivered)', 2],
      ['var(--m-clicked)', 4],
    ])
  })

  test('draws no deliveries that no vendor reports', () => {
    const point = (age: number) => ({ age, sent: 10, delivered: 0, clicked: 1 })
    const growth = { ...view().growth, series: [point(3_600), point(7_200)] }
    const unreported = funnel({ total: { ...TOTAL, delivery: 'unreported' } })
    const seen = draw({ view: { growth }, funnel: unreported })
    expect(seen).not.toContain('var(--m-delivered)"')
    expect(seen).toContain('aria-label="Sent and clicked by age"')
    expect(draw({ view: { growth } })).toContain('aria-label="Sent, delivered and clicked by age"')
  })

  test('says of a large campaign without a rate that it is unknown, not that it is too small', () => {
    const rates = { ...TOTAL.rates, deliveryReporting: null, click: null, clickBasis: 'delivered' as const }
    const cover = { ...TOTAL.cover, reportingSent: null }
    const total = { ...TOTAL, sent: 1_000, delivered: 300, clicked: 400, delivery: 'partial' as const, rates, cover }
    const growth = {
      ...view().growth,
      ages: at({ '24h': { funnel: { ...(day.funnel as AgedFunnel), total }, gap: null } }),
    }
    expect(text({ view: { growth } })).toContain('24 h 1,000 unknown unknown')
  })

  test('lists the largest reasons with a link to the code, and says where reasons are not collected', () => {
    expect(draw()).toContain('href="/losses/code?code=10302&source=task&task=a_b"')
    expect(text()).toContain('900 · 90.0 %')
    expect(text()).toContain('Loss reasons are not collected yet.')
    const [before, after] = LOSSES.stages
    const gone = {
      ...LOSSES,
      stages: [before, after].flatMap((one) => (one ? { ...one, unavailable: 9, reasons: null } : [])),
    }
    expect(text({ losses: gone }).match(/They were not collected in time/g)).toHaveLength(2)
  })

  test('says that a TaskID is not registered, or belongs to another app', () => {
    const seen = text({ view: { task: null, otherApp: 1_600_119_377 } })
    expect(seen).toContain('This campaign is not registered')
    expect(seen).toContain('This TaskID names SDKAppID 1600119377.')
    expect(text({ view: { task: null }, mayEdit: false })).toContain('An editor can add it')
  })

  test('says that Tencent has no results, and nothing of that while the answer is awaited', () => {
    const settled = { ...WAITING, freshness: funnel().freshness }
    expect(text({ funnel: settled })).toContain('Tencent has no results for this campaign')
    expect(text({ funnel: WAITING })).not.toContain('Tencent has no results')
    expect(text({ funnel: WAITING })).toContain('in queue')
  })

  test('is read again when the first of both answers may be there, also after a reply that is the same', () => {
    const refresh = (shown: Shown) => draw(shown).match(/data-refresh="([^"]*)"/)?.[1]
    const losses: LossesReply = { ...LOSSES, freshness: { ...WAITING.freshness, retryAfterMs: 1_200 } }
    expect(refresh({ funnel: WAITING })).toBe('1500 1')
    expect(refresh({ funnel: WAITING, atMs: 2 })).toBe('1500 2')
    expect(refresh({ losses })).toBe('1200 1')
    expect(refresh({ funnel: WAITING, losses })).toBe('1200 1')
    expect(refresh({})).toBeUndefined()
  })

  test('offers the form only to editors, and the look-up only to support', () => {
    expect(draw()).toContain('href="/campaigns/a_b?edit=1"')
    expect(draw({ mayEdit: false })).not.toContain('edit=1')
    expect(draw({ isEditing: true })).toContain('name="label"')
    expect(draw({ isEditing: true, mayEdit: false })).not.toContain('name="label"')
    expect(draw()).toContain('name="userId"')
    expect(draw({ mayLookUp: false })).not.toContain('name="userId"')
  })

  test('opens the form as a dialog that can be closed', () => {
    const seen = draw({ isEditing: true })
    expect(seen).toMatch(/<dialog[^>]*>(?:(?!<\/dialog>).)*Close<\/button>(?:(?!<\/dialog>).)*name="label"/)
    expect(seen).toContain('href="/campaigns/a_b?edit=1"')
  })

  test('offers other campaigns to compare with, with the TaskID of this one', () => {
    const seen = draw({ view: { others: [{ ...TASK, taskId: 'c_d', label: 'Dinner' }] } })
    expect(seen).toContain('action="/campaigns/compare"')
    expect(seen).toContain('<input type="hidden" name="task" value="a_b"/>')
    expect(seen).toContain('<option value="c_d">Dinner · 2026-11-15 04:00</option>')
    expect(text()).toContain('There is no other campaign to compare with.')
  })

  test.each(LOCALES)('is complete in %s', (locale) => {
    const growth = { ...view().growth, ages: at({ '24h': day }), latest: day.funnel }
    expect(text({ view: { growth } }, locale)).not.toMatch(/undefined|\{|null/)
  })
})
