import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { textsOf } from '@/components/i18n/messages'
import { wordsIn } from '@/components/i18n/testing/render'
import type { AppReply } from '@/lib/contract/apps'
import type { TaskCoverReply } from '@/lib/contract/task-cover'
import type { ImportRow, TaskReply, TasksQuery } from '@/lib/contract/tasks'
import { Campaigns } from './campaigns'
import { Preview } from './preview'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {}, push: () => {} }) }))

const NOW = Date.parse('2026-11-21T08:00:00Z')
const APP: AppReply = {
  ...{ id: '1400187352', sdkAppId: 1_400_187_352, name: 'Shop', region: 'china', utcOffset: '+08:00' },
  ...{ origin: 'environment', demo: false, role: 'editor' },
}
const task = (over: Partial<TaskReply> = {}): TaskReply => ({
  ...{ taskId: 'a_b', label: 'Lunch', tags: [], note: '', sentAt: null, knownBy: 'import' },
  createdAt: '2026-11-20T00:00:00Z',
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
  items?: TaskReply[]
  next?: string | null
  query?: Partial<TasksQuery>
  mayWrite?: boolean
  edit?: string
  cover?: TaskCoverReply
  appParam?: string
}

function draw(shown: Shown = {}, locale: Locale = 'en'): string {
  const query: TasksQuery = { sort: 'sentAt', limit: 50, ...shown.query }
  const reply = { items: shown.items ?? [], next: shown.next ?? null }
  const read = { query, reply, cover: shown.cover ?? cover([]), nowMs: NOW, origin: 'https://push.example.com' }
  return renderToStaticMarkup(
    <Campaigns
      app={APP}
      appParam={shown.appParam ?? null}
      mayWrite={shown.mayWrite ?? true}
      edit={shown.edit ?? null}
      read={read}
      words={wordsIn(locale)}
    />,
  ).replaceAll('&amp;', '&')
}
const hrefs = (markup: string) => [...markup.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)

describe('the campaign list', () => {
  test('shows a campaign by its name with its ID below, or by its ID alone', () => {
    expect(draw({ items: [task()] })).toMatch(/Lunch<\/p><p[^>]*>a_b</)
    expect(draw({ items: [task({ label: '' })] }).match(/>a_b</g)).toHaveLength(1)
  })

  test('shows the time of sending in the app’s zone, with the year, and how the campaign was registered', () => {
    const seen = draw({ items: [task({ sentAt: '2025-11-13T20:00:00Z', knownBy: 'api' })] })
    expect(seen).toContain('Sent 2025-11-14 04:00')
    expect(seen).toContain('registered by your backend')
    expect(seen).toContain('Times in UTC+8')
    expect(draw({ items: [task()] })).toContain('Send time unknown')
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
    const seen = draw({ items, edit: 'a_b' })
    expect(seen).toContain('value="a, b"')
    expect(seen.match(/<form[^>]*post/g)).toHaveLength(1)
    expect(draw({ items, edit: 'a_b', mayWrite: false })).not.toMatch(/method="post"|Edit/)
  })
})

describe.each(LOCALES)('an empty campaign page in %s', (locale) => {
  const { empty } = textsOf(locale).campaigns
  test('tells editors how to register campaigns', () => {
    const seen = draw({}, locale)
    for (const way of [empty.paste, empty.register, empty.lookup]) expect(seen).toContain(way)
    expect(seen).toContain('<details class="group card no-print" open="">')
    expect(seen).toContain('https://push.example.com/api/v1/apps/1400187352/tasks/TASK_ID')
    expect(seen).toContain('npm run cli -- token create --name sender --role editor')
  })

  test('tells viewers whom to ask, and shows no form', () => {
    const seen = draw({ mayWrite: false }, locale)
    expect(seen).toContain(empty.viewer.replace('{app}', 'Shop'))
    expect(seen).not.toMatch(/<details|<textarea|curl/)
  })
})

test('says “no match” for a search without results', () => {
  const seen = draw({ query: { q: 'nothing' } })
  expect(seen).toContain('No campaign matches')
  expect(seen).not.toContain('No campaigns yet')
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

  test('are listed for five hours at most, with the number of the others', () => {
    const hours = Array.from({ length: 8 }, (_, i) => hour(`2026-11-18T0${i}:00:00Z`, 10 + i))
    expect(draw({ cover: cover(hours, 100) })).toContain('and 3 more hours')
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
