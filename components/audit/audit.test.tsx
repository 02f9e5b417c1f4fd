import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { wordsIn } from '@/components/i18n/testing/render'
import type { AuditEntryReply } from '@/lib/contract/access/audit'
import { AUDIT_ACTIONS } from '@/lib/contract/access/audit-actions'
import { Chain } from './chain'
import { Entries } from './entries'
import { FailedSignIns } from './failed-sign-ins'
import { actionText } from './names'

const entry: AuditEntryReply = {
  id: 7,
  at: '2026-11-20T09:00:00.000Z',
  actor: { kind: 'person', id: 'ann-1', name: 'Ann' },
  action: 'app.check',
  app: { id: '14', name: 'Lunch' },
  subject: null,
  subjectHash: null,
  detail: {},
  network: '203.0.113.0/24',
}
const shown = (over: Partial<AuditEntryReply>, locale: (typeof LOCALES)[number] = 'en') =>
  renderToStaticMarkup(<Entries items={[{ ...entry, ...over }]} tz="+08:00" words={wordsIn(locale)} />)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

test('an entry says when, who, what, on what and from where', () => {
  expect(shown({})).toContain('2026-11-20 17:00:00 Ann Checked the endpoints Lunch 203.0.113.0/24')
  expect(shown({ actor: { kind: 'command line', id: 'command line', name: null }, network: null })).toContain(
    'Command line',
  )
  expect(shown({ actor: { kind: 'token', id: 't', name: 'Nightly' } })).toContain('Nightly (token)')
  expect(shown({ actor: { kind: 'person', id: '0123456789', name: null } })).toContain('Removed person 01234567')
  expect(shown({ app: { id: '99', name: null } })).toContain('App 99 (removed)')
})

test('an entry about a person, a user or an export names it', () => {
  const person = { kind: 'person', id: 'kim-1', name: 'Kim' } as const
  const added = shown({ action: 'person.add', subject: person, detail: { person: 'kim-1', role: 'viewer' } })
  expect(added).toContain('Added a person role: viewer Kim')
  expect(added).not.toContain('kim-1')
  expect(shown({ detail: { roles: '*:viewer 14:support' } })).toContain('Viewer · all apps, Support · 14')
  expect(shown({ action: 'user.lookup', subjectHash: 'abcdefghijkl' })).toContain('User code abcdefgh')
  expect(shown({ action: 'export.losses' })).toContain('Exported: losses')
  expect(shown({ action: 'of.a.later.version' })).toContain('of.a.later.version')
})

test.each(AUDIT_ACTIONS)('%s has words', (action) => {
  expect(actionText(action, wordsIn('en'))).not.toBe(action)
})

test('text that people wrote stays text', () => {
  const name = '<img src=x>\u202e'
  const html = renderToStaticMarkup(
    <Entries items={[{ ...entry, actor: { kind: 'person', id: 'x', name } }]} tz="UTC" words={wordsIn('en')} />,
  )
  expect(html).toContain('&lt;img src=x&gt;')
  expect(html).not.toContain('\u202e')
})

test.each(LOCALES)('a broken chain is an alert with the entry and its time, in %s', (locale) => {
  const words = wordsIn(locale)
  const texts = messagesOf(locale).audit.chain
  const of = (chain: Parameters<typeof Chain>[0]['chain']) =>
    renderToStaticMarkup(<Chain chain={chain} tz="UTC" words={words} />)
  expect(of({ entries: 3, broken: null })).not.toContain('alert')
  const broken = of({ entries: 3, broken: { id: 4, at: entry.at } })
  expect(broken).toContain('role="alert"')
  expect(broken).toContain(String(texts.broken))
  expect(broken).toContain('2026-11-20 09:00:00')
  expect(of({ entries: 3, broken: { id: null, at: null } })).toContain('role="alert"')
})

test('failed sign-ins name the account, or say that there is none', () => {
  const at = { hour: '2026-11-20T09:00:00.000Z', network: '198.51.100.0/24', count: 12 }
  const items = [
    { ...at, person: { id: 'kim', name: 'Kim' } },
    { ...at, person: null, network: 'others' },
  ]
  const of = (list: typeof items) =>
    renderToStaticMarkup(
      <FailedSignIns reply={{ items: list, next: null }} params={{}} tz="UTC" words={wordsIn('en')} />,
    )
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
  expect(of(items)).toContain('2026-11-20 09:00 Kim 198.51.100.0/24 12')
  expect(of(items)).toContain('No such account Other networks 12')
  expect(of([])).toContain('No failed sign-ins')
})
