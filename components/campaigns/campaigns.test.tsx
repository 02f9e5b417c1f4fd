import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { textsOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import type { AppReply } from '@/lib/contract/apps'
import type { TaskCoverReply } from '@/lib/contract/campaigns/task-cover'
import type { TotalReply } from '@/lib/contract/funnel'
import type { ImportRow, ListedTask, TaskGroup, TaskReply, TasksQuery } from '@/lib/contract/tasks'
import { Campaigns } from './campaigns'
import { Preview } from './preview'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {}, push: () => {} }) }))

const NOW = Date.parse('2026-11-21T08:00:00Z')
const APP: AppReply = {
  ...{ id: '1400187352', sdkAppId: 1_400_187_352, name: 'Shop', region: 'china', utcOffset: '+08:00' },
  ...{ origin: 'environment', demo: false, role: 'editor' },
}
const task = (over: Partial<ListedTask> = {}): ListedTask => ({
  ...{ taskId: 'a_b', label: 'Lunch', tags: [], note: '', sentAt: null, knownBy: 'import' },
  ...{ createdAt: '2026-11-20T00:00:00Z', ageHours: null, total: null, asOf: null, change: null, reason: null },
  growth: [],
  ...over,
})
const total = (over: Partial<TotalReply> = {}): TotalReply => ({
  ...{ sendable: 1_100, sent: 1_000, delivered: 700, clicked: 70, delivery: 'reported' },
  rates: { send: 0.91, delivery: 0.7, deliveryReporting: 0.7, click: 0.1, clickBasis: 'delivered' },
  cover: { reportingSent: 1_000, reportingDelivered: 700, lost: 300, notReported: 0, share: 1 },
  ...over,
})
const hour = (from: string, unregistered: number | null, losesReasonsAt = '2026-11-24T09:00:00Z') => ({
  ...{ from, to: from, sent: 10_000, known: 0, unregistered, losesReasonsAt },
})
const cover = (hours: TaskCoverReply['hours'], unregistered: number | null = null): TaskCoverReply => ({
  range: { from: '2026-11-14T08:00:00Z', to: '2026-11-21T08:00:00Z', tz: '+08:00', preset: null },
  hours,
  sum: { hours: hours.length, sent: unregistered === null ? null : 90_000, known: 0, unregistered },
  asOf: null,
})

interface Shown {
  items?: ListedTask[]
  next?: string | null
  query?: Partial<TasksQuery>
  mayWrite?: boolean
  edited?: TaskReply
  add?: boolean
  cover?: TaskCoverReply
  appParam?: string
  groups?: TaskGroup[]
}

function draw(shown: Shown = {}, locale: Locale = 'en'): string {
  const query: TasksQuery = { sort: 'sentAt', limit: 50, ...shown.query }
  const items = shown.items ?? []
  const coverage = { held: items.length, expected: items.length }
  const reply = { items, next: shown.next ?? null, groups: shown.groups ?? [], tz: '+08:00', asOf: null, coverage }
  const edited = shown.edited ?? null
  const read = { query, reply, edited, cover: shown.cover ?? cover([]), nowMs: NOW, origin: 'https://push.example.com' }
  return renderToStaticMarkup(
    <Campaigns
      app={APP}
      appParam={shown.appParam ?? null}
      mayWrite={shown.mayWrite ?? true}
      edit={shown.edited?.taskId ?? null}
      add={shown.add ?? false}
      read={read}
      views={[]}
      words={wordsIn(locale)}
    />,
  ).replaceAll('&amp;', '&')
}
const hrefs = (markup: string) => [...markup.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)

describe('the campaign list', () => {
  test('names what a click rate is of, and that a difference from the tag is not tested', () => {
    const seen = draw({ items: [task()] })
    expect(seen).toContain('of delivered where all vendors send receipts, else of sent')
    expect(seen).toContain('Against tag: not tested for chance')
  })

  test('shows a campaign by its name with its ID below, or by its ID alone, and links to its page', () => {
    const seen = draw({ items: [task()], appParam: '14' })
    expect(seen).toMatch(/<a[^>]*href="\/campaigns\/a_b\?app=14"[^>]*>Lunch<\/a><span[^>]*>a_b</)
    expect(draw({ items: [task({ label: '' })] })).toMatch(/>a_b<\/a><span[^>]*>No name</)
  })

  test('shows the time of sending in the app’s zone, with the year and the age', () => {
    const seen = draw({ items: [task({ sentAt: '2025-11-13T20:00:00Z', knownBy: 'api', ageHours: 72 })] })
    expect(seen).toMatch(/2025-11-14 04:00<span class="note">3 d ago</)
    expect(seen).toContain('registered by your backend')
    expect(seen).toContain('Times in UTC+8')
    expect(draw({ items: [task()] })).toContain('Send time unknown')
  })

  test('shows rates as the funnel does: silent when small, never 0 % without receipts', () => {
    const cell = (name: string, over: Partial<ListedTask>) =>
      draw({ items: [task(over)] })
        .match(new RegExp(`<td class="${name} number"[^>]*>(.*?)</td>`))?.[1]
        ?.replaceAll(/<[^>]*>/g, '|')
        .replaceAll(/\|+/g, '|')
    expect(cell('delivery', { total: total() })).toBe('|70.0\u202f%|')
    expect(cell('click', { total: total() })).toBe('|10.0\u202f%|')
    const part = { reportingSent: 400, reportingDelivered: 280, lost: 120, notReported: 180, share: 0.4 }
    expect(cell('delivery', { total: total({ delivery: 'partial', cover: part }) })).toContain('covers 40.0\u202f%')
    const none = { send: 0.9, delivery: null, deliveryReporting: null, click: 0.03, clickBasis: 'sent' } as const
    const silent = total({ delivered: 0, delivery: 'unreported', rates: none, cover: { ...part, reportingSent: 0 } })
    expect(cell('delivery', { total: silent })).toBe('|not reported|')
    expect(cell('click', { total: silent })).toContain('3.0\u202f%|of sent')
    const few = total({ sent: 150, rates: { ...none, click: null } })
    expect(cell('delivery', { total: few })).toBe('|too few|')
    expect(cell('click', { total: few })).toBe('|too few|')
    expect(cell('sent', {})).toBe('|–|No data|')
  })

  test('shows the difference from the tag at equal age, and the growth as a line', () => {
    const change = { tag: 'sale', age: '24h', delivery: -0.031, median: 0.6 } as const
    const growth = [0, 1, 5].map((n) => ({ age: n * 3_600, sent: 1_000, delivered: n * 100, clicked: null }))
    const seen = draw({ items: [task({ total: total(), change, growth })] })
    expect(seen).toContain('−3.1 pp')
    expect(seen).toContain('Delivery rate after 24 h, against the median of the other campaigns with the tag sale')
    expect(seen).toMatch(/aria-label="Delivered since sending: 500"[^>]*>.*<polyline points="1.0,22.0 /)
    expect(draw({ items: [task({ tags: ['sale'] })] })).toContain(
      'its delivery rate is unknown, or fewer than three other campaigns',
    )
  })

  test('sorts by a column, and turns the order round on the second press', () => {
    const seen = hrefs(draw({ items: [task()], query: { sort: 'delivery', tag: 'x' } }))
    expect(seen).toContain('/campaigns?tag=x&sort=delivery&dir=asc')
    expect(seen).toContain('/campaigns?tag=x&sort=click')
    expect(draw({ items: [task()], query: { sort: 'delivery' } })).toMatch(
      /class="delivery number" aria-sort="descending"/,
    )
  })

  test('says the sums of a group in its head, and of how many campaigns they are', () => {
    const counts = { delivered: 2_200, clicked: 130, reportingSent: 3_000, reportingDelivered: 1_650 }
    const sum: TaskGroup = {
      ...{ tag: 'x', campaigns: 3, known: 2, sent: 4_000, ...counts },
      ...{ delivery: 0.55, share: 0.75, click: 0.0325, clickBasis: 'sent' },
    }
    const seen = (groups: TaskGroup[]) => {
      const markup = draw({ items: [task({ tags: ['x'] })], query: { group: 'tag' }, groups })
      return visibleText(markup.split('group-head')[1]?.split('</tr>')[0] ?? '')
    }
    expect(seen([sum])).toMatch(/x 3 campaigns · numbers of 2 of 3 4,000 55\.0.% covers 75\.0.% 3\.3.% of sent/)
    expect(seen([{ ...sum, known: 3 }])).not.toContain('numbers of')
    const none = { known: 0, sent: null, reportingSent: null, delivery: null, share: null, click: null }
    expect(seen([{ ...sum, ...none }])).toMatch(/numbers of 0 of 3 No data/)
    expect(seen([{ ...sum, reportingSent: 0, delivery: null, share: 0 }])).toContain('not reported')
  })

  test('groups by the first tag, with one head for each', () => {
    const items = [task({ taskId: 'a', tags: ['x'] }), task({ taskId: 'b', tags: ['x', 'y'] }), task({ taskId: 'c' })]
    const heads = (markup: string) =>
      [...markup.matchAll(/<th scope="rowgroup"[^>]*>([^<]*)</g)].map(([, text]) => text)
    expect(heads(draw({ items, query: { group: 'tag' } }))).toEqual(['x', 'No tag'])
    expect(heads(draw({ items }))).toEqual([])
    expect(hrefs(draw({ items, query: { sort: 'sent' } }))).toContain('/campaigns?sort=sent&group=tag')
  })

  test('compares ticked campaigns by a form, without scripts too', () => {
    const seen = draw({ items: [task()], appParam: '14' })
    expect(seen).toMatch(/<form id="compare"[^>]* action="\/campaigns\/compare" method="get"/)
    const box = /<input type="checkbox"[^>]*>/.exec(seen)?.[0] ?? ''
    for (const part of ['form="compare"', 'name="task"', 'value="a_b"']) expect(box).toContain(part)
    expect(seen).toMatch(/<button type="submit" class="button" aria-describedby="compare-hint">Compare</)
  })

  test('filters by tag, keeps app and order, and links to the losses of the whole campaign', () => {
    const items = [task({ tags: ['big sale'], sentAt: '2026-11-19T20:00:00Z' }), task({ taskId: 'old' })]
    const seen = hrefs(draw({ items, appParam: '14', query: { sort: 'label' } }))
    expect(seen).toContain('/campaigns?app=14&tag=big+sale&sort=label')
    expect(seen).toContain('/losses?app=14&source=task&task=a_b')
    expect(seen).toContain('/losses?app=14&source=task&task=old')
  })

  test('goes to the next page and back to the first, and removes one filter without the others', () => {
    const query = { q: 'lu', tag: 'x', cursor: 'c' }
    const seen = hrefs(draw({ items: [task()], next: 'd', query }))
    expect(seen).toEqual(
      expect.arrayContaining([
        '/campaigns?q=lu&tag=x&cursor=d',
        '/campaigns?q=lu&tag=x',
        '/campaigns?tag=x',
        '/campaigns?q=lu',
      ]),
    )
  })

  test('removes control characters from names and notes, and shows markup as text', () => {
    const seen = draw({ items: [task({ label: 'a\u202eb', note: '<img src=x>', tags: ['t\u200b'] })] })
    expect(seen).toContain('>ab<')
    expect(seen).toContain('&lt;img src=x&gt;')
  })

  test('opens the form of one campaign for editors only', () => {
    const items = [task({ tags: ['a', 'b'], note: 'n' }), task({ taskId: 'other' })]
    const seen = draw({ items, edited: items[0] })
    expect(seen).toContain('value="a, b"')
    expect(seen.match(/<form[^>]*post/g)).toHaveLength(1)
    expect(draw({ items, edited: items[0], mayWrite: false })).not.toMatch(/method="post"|>Edit<\/a>/)
  })
})

describe.each(LOCALES)('an empty campaign page in %s', (locale) => {
  const { empty } = textsOf(locale).campaigns
  test('tells editors how to register campaigns', () => {
    const seen = draw({}, locale)
    for (const way of [empty.paste, empty.register, empty.lookup]) expect(seen).toContain(way)
    expect(seen).toContain('href="/campaigns?add=1"')
    expect(draw({ add: true }, locale)).toMatch(/<dialog open="" class="sheet".*<textarea/s)
    expect(seen).toContain('https://push.example.com/api/v1/apps/1400187352/tasks/TASK_ID')
    expect(seen).toContain('npm run cli -- token create --name sender --role editor')
  })

  test('tells viewers whom to ask, and shows no form', () => {
    const seen = draw({ mayWrite: false }, locale)
    expect(seen).toContain(empty.viewer.replace('{app}', 'Shop'))
    expect(seen).not.toMatch(/<dialog|add=1|<textarea|curl/)
  })
})

test('says “no match” for a search without results, and offers no order', () => {
  const seen = draw({ query: { q: 'nothing' } })
  expect(seen).toContain('No campaign matches')
  expect(seen).not.toMatch(/No campaigns yet|Sort: /)
})

describe('unregistered campaigns', () => {
  test('are listed by hour, largest first, with the time left; expired hours are left out', () => {
    const hours = [
      hour('2026-11-17T06:00:00Z', 41_200, '2026-11-24T09:00:00Z'),
      hour('2026-11-14T09:00:00Z', 50_000, '2026-11-21T08:40:00Z'),
      hour('2026-11-14T08:00:00Z', 60_000, '2026-11-21T07:00:00Z'),
      hour('2026-11-18T06:00:00Z', 0),
    ]
    const seen = draw({ cover: cover(hours, 91_200) })
    expect(seen).toContain('91,200 of 90,000 pushes')
    const lines = [...seen.matchAll(/<li>([^<]*)<span[^>]*> · ([^<]*)</g)].map(([, what, left]) => `${what}, ${left}`)
    expect(lines).toEqual([
      '14 Nov 17:00: 50,000 sent, loss reasons expire within the hour',
      '17 Nov 14:00: 41,200 sent, loss reasons expire in 3 days',
    ])
  })

  test('are listed for three hours at most, with the number of the others', () => {
    const hours = Array.from({ length: 8 }, (_, i) => hour(`2026-11-18T0${i}:00:00Z`, 10 + i))
    expect(draw({ cover: cover(hours, 100) })).toContain('and 5 more hours')
  })

  test('are unknown, and not zero, while no data is stored', () => {
    expect(draw({ cover: cover([hour('2026-11-18T06:00:00Z', null)]) })).toContain('Not enough data yet')
    expect(draw({ cover: cover([hour('2026-11-18T06:00:00Z', 0)], 0) })).toContain('belong to campaigns listed here')
  })
})

describe('the import preview', () => {
  const row = (over: Partial<ImportRow>): ImportRow => ({
    ...{ line: 1, taskId: 'a', label: '', tags: [], note: '', sentAt: null, was: null, state: 'new', why: null },
    hints: [],
    ...over,
  })
  const show = (rows: ImportRow[], locale: Locale = 'en') => {
    const summary = { new: 0, changed: 0, same: 0, refused: 0 }
    for (const { state } of rows) summary[state] += 1
    return renderToStaticMarkup(<Preview reply={{ rows, summary, undo: null }} tz="+08:00" words={wordsIn(locale)} />)
  }

  test('starts with what needs attention: refused lines, changes with the old value, new lines with a hint', () => {
    const was = { label: '', tags: ['old'], note: '', sentAt: null }
    const seen = show([
      row({ line: 1, taskId: 'same', state: 'same' }),
      row({ line: 2, taskId: 'new' }),
      row({ line: 3, taskId: 'odd', hints: ['other_app'] }),
      row({ line: 4, taskId: 'changed', state: 'changed', was }),
      row({ line: 5, taskId: 'bad', state: 'refused', why: 'bad_id' }),
    ])
    const order = ['bad', 'changed', 'odd', 'new', 'same'].map((id) => seen.indexOf(`>${id}<`))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(seen).toContain('2 new · 1 changed · 1 unchanged · 1 rejected')
    expect(seen).toContain('was: #old')
    expect(seen).toContain('This ID seems to belong to another app.')
  })

  test('shows the first 200 lines of a long sheet and the number of the others', () => {
    const seen = show(Array.from({ length: 203 }, (_, i) => row({ line: i + 1, taskId: `t${i}` })))
    expect(seen.match(/<tr/g)).toHaveLength(201)
    expect(seen).toContain('3 more lines not shown')
  })
})
