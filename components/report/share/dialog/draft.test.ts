import { expect, test } from 'vitest'
import { DAY } from '@/lib/contract/limits'
import { createShareBody } from '@/lib/contract/shares/share'
import { reportOffer } from '../offer'
import { bodyOf, draftOf, fieldOfRefusal, problemsOf, withPreset } from './draft'
import { embedCode } from './embed-code'

const RANGE = { from: '2026-11-13T16:00:00Z', to: '2026-11-20T16:00:00Z', tz: 'Asia/Shanghai' }
const offer = (over: object = {}) =>
  reportOffer({
    ...{ app: 'game', tz: 'Asia/Shanghai', name: 'Game', page: 'overview', source: 'task' },
    range: { ...RANGE, preset: '7d' },
    ...over,
  })
const shown = { from: RANGE.from, to: RANGE.to }

test('a link begins with exactly what the page shows', () => {
  expect(draftOf(offer()).scope).toEqual({
    pages: ['overview'],
    source: 'task',
    tasks: { kind: 'all' },
    vendors: null,
    range: { mode: 'rolling', preset: '7d' },
    dates: { kind: 'none' },
    figures: 'counts',
  })
  const narrow = offer({ page: 'losses', range: { ...RANGE, preset: null }, tasks: ['t1'], vendor: 'xiaomi' })
  expect(draftOf(narrow).scope).toMatchObject({
    pages: ['losses'],
    tasks: { kind: 'tasks', tasks: ['t1'] },
    vendors: ['xiaomi'],
    range: { mode: 'fixed', ...shown },
  })
  expect(draftOf(offer({ tag: { tag: 'sale', n: 2, hasMore: false } })).scope?.tasks).toEqual({
    kind: 'tag',
    tag: 'sale',
  })
})

test('presets: rates for a partner, the last week for a manager, a copy of now for a ticket', () => {
  const draft = draftOf(offer())
  expect(withPreset(draft, 'partner', shown)).toMatchObject({ isFrozen: false, scope: { figures: 'rates' } })
  const manager = withPreset(draft, 'manager', shown)
  expect(manager.scope).toMatchObject({ range: { mode: 'rolling', preset: '7d' }, dates: { kind: 'back', days: 30 } })
  const ticket = withPreset(draft, 'ticket', shown)
  expect(ticket).toMatchObject({ isFrozen: true, days: 7, scope: { range: { mode: 'fixed', ...shown } } })
})

test('every form that has no problem is a body that the API accepts', () => {
  const draft = {
    ...draftOf(offer()),
    password: 'seagulls at noon',
    origins: 'https://a.example/\nhttp://localhost:3000',
  }
  for (const preset of ['partner', 'manager', 'ticket'] as const) {
    const filled = withPreset(draft, preset, shown)
    expect(problemsOf(filled, preset === 'partner')).toEqual([])
    const body = createShareBody.parse(bodyOf(filled, offer(), 0))
    expect(body.origins).toEqual(['https://a.example', 'http://localhost:3000'])
    expect(Date.parse(body.endsAt ?? '') / 1_000).toBeLessThanOrEqual(filled.days * DAY)
  }
})

test('names what has to be corrected, in the order of the form', () => {
  const draft = draftOf(offer())
  const scope = { ...offer(), ...draft.scope, pages: [], vendors: [], tasks: { kind: 'tag', tag: ' ' } }
  const wrong = { ...draft, name: ' ', password: 'short', origins: 'wiki.example.com', scope: scope as never }
  expect(problemsOf(wrong, true).map(({ field, why }) => `${field} ${why}`)).toEqual([
    'name required',
    'pages required',
    'tag required',
    'vendors required',
    'password short',
    'origins origin',
  ])
  expect(problemsOf(draft, true)).toEqual([{ field: 'password', why: 'required' }])
})

test('a refusal of the API is shown beside its field', () => {
  expect(['origins.0', 'content.scope.tasks.tag', 'endsAt', 'content', null].map(fieldOfRefusal)).toEqual([
    'origins',
    'tag',
    'endsAt',
    null,
    null,
  ])
})

test('the embed code allows scripts, the own origin, forms and downloads, and no name ends an attribute', () => {
  const code = embedCode('https://push.example/share/abc#secret', 'Sale "50 %" <b>')
  expect(code).toContain('sandbox="allow-scripts allow-same-origin allow-forms allow-downloads"')
  expect(code).toContain('title="Sale &quot;50 %&quot; &lt;b>"')
  expect(code).not.toContain('allow-top-navigation')
})
