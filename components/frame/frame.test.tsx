import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { wordsIn } from '@/components/i18n/testing/render'
import { type AppReply, COLLECTING } from '@/lib/contract/apps'
import { ROLES, type Role } from '@/lib/contract/roles'
import { Forbidden } from './forbidden'
import { Frame } from './frame'
import { NoApp } from './no-app'
import { Refused } from './refused'
import { appParam, mayLookUp, type Viewer } from './viewer'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {} }) }))

function app(id: string, role: Role, demo = false): AppReply {
  const fixed = { region: 'china', utcOffset: '+08:00', origin: 'environment' } as const
  return { id, sdkAppId: Number(id), name: `App ${id}`, role, demo, ...fixed }
}

function viewer(apps: AppReply[]): Viewer {
  return { person: { name: 'Min-ji Park', email: 'minji@example.com' }, apps, app: apps[0] ?? null }
}

function frame(who: Viewer, locale: Locale = 'en', current: 'overview' | 'lookup' = 'overview') {
  return renderToStaticMarkup(
    <Frame viewer={who} current={current} words={wordsIn(locale)} theme="dark">
      {null}
    </Frame>,
  )
}

const one = viewer([app('14001', 'admin')])
const two = viewer([app('14001', 'support', true), app('16002', 'viewer')])
const links = (markup: string) => [...new Set([...markup.matchAll(/href="([^"]+)"/g)].map(([, href]) => href))]

describe('the frame', () => {
  test('names the app and its SDKAppID, without a menu when there is one app', () => {
    const named = viewer([{ ...app('14001', 'admin'), name: 'Shop' }])
    expect(frame(named)).toContain('Shop')
    expect(frame(named)).toContain('>14001</span>')
    expect(frame(one)).toContain('>App 14001</span>')
    expect(frame(one)).not.toContain('>14001</span>')
    expect(frame(one)).not.toContain('Choose an app')
  })

  test('switches between apps by links that stay on the page', () => {
    expect(links(frame(two))).toEqual(expect.arrayContaining(['/?app=14001', '/?app=16002', '/lookup?app=14001']))
    expect(links(frame(two, 'en', 'lookup'))).toContain('/lookup?app=16002')
  })

  test('links only to pages that the role includes', () => {
    const seen = (role: Role) => links(frame(viewer([app('1', role)]))).includes('/lookup')
    expect(ROLES.filter(seen)).toEqual(['support', 'admin'])
  })

  test('marks the current page in the rail and in the bottom bar', () => {
    expect(frame(one).match(/aria-current="page"/g)).toHaveLength(2)
  })

  test.each(LOCALES)('says Demo on every page of a demo, in %s', (locale) => {
    expect(frame(two, locale)).toContain(messagesOf(locale).common.demo)
    expect(frame(one, locale)).not.toContain(messagesOf(locale).common.demo)
  })

  test.each(LOCALES)('lets only an administrator change the speed of a demo, in %s', (locale) => {
    const { slow, fast, see } = messagesOf(locale).common.demoSpeed
    const admin = viewer([app('14001', 'admin', true)])
    expect(frame(admin, locale)).toContain(slow.replaceAll("'", '&#x27;'))
    expect(frame(admin, locale)).not.toContain(see)
    expect(frame({ ...admin, paced: true }, locale)).toContain(fast)
    expect(frame({ ...admin, paced: true }, locale)).toContain(see)
    for (const other of [one, two]) {
      for (const text of [slow.replaceAll("'", '&#x27;'), fast]) {
        expect(frame({ ...other, paced: true }, locale)).not.toContain(text)
        expect(frame(other, locale)).not.toContain(text)
      }
    }
  })

  test.each(LOCALES)('says on every page that the disk is full and what to do, in %s', (locale) => {
    const { title, detail } = messagesOf(locale).errors.storage_full
    for (const text of [title, detail]) {
      expect(frame({ ...one, full: true }, locale)).toContain(text)
      expect(frame(one, locale)).not.toContain(text)
    }
  })

  test('starts with a skip link', () => {
    expect(frame(one).indexOf('href="#content"')).toBeLessThan(frame(one).indexOf('<nav'))
    expect(frame(one)).toContain('id="content"')
  })

  test('offers each language in its own words, whatever the page’s language', () => {
    for (const name of ['English', '简体中文', '한국어']) expect(frame(one, 'ko')).toContain(name)
  })

  test('shows the person, the role and the sign-out button', () => {
    for (const text of ['Min-ji Park', 'minji@example.com', 'Administrator', 'Sign out']) {
      expect(frame(one)).toContain(text)
    }
  })

  test('works without an app', () => {
    expect(frame(viewer([]))).toContain('No app connected')
    expect(links(frame(viewer([])))).not.toContain('/lookup')
  })
})

describe.each(LOCALES)('the collection dot, in %s', (locale) => {
  const { common } = messagesOf(locale)
  const since = '2026-11-21T01:00:00Z'
  const seen = (role: Role, state: (typeof COLLECTING)[number]) =>
    frame({ ...viewer([app('14001', role)]), collecting: { state, since } }, locale)

  test('has a word and a shape for each state, and the start time', () => {
    const shapes = COLLECTING.map((state) => {
      expect(seen('viewer', state)).toContain(`>${common.collecting[state]}</span>`)
      expect(seen('viewer', state)).toContain(common.collecting.meaning[state])
      return /inline-block size-2\.5 shrink-0 ([^"]+)/.exec(seen('viewer', state))?.[1]
    })
    expect(new Set(shapes).size).toBe(COLLECTING.length)
    expect(seen('viewer', 'paused')).toContain('09:00')
  })

  test('links to the system page for administrators only', () => {
    const link = /<a title="[^"]*"[^>]*href="\/settings\/system"[^>]*><span aria-hidden/
    expect(seen('admin', 'late')).toMatch(link)
    expect(seen('viewer', 'late')).not.toMatch(link)
  })
})

describe.each(LOCALES)('a stopped app, in %s', (locale) => {
  const { common, errors } = messagesOf(locale)
  const stopped = { code: 'upstream_quota', title: '', detail: '', upstreamCode: 60028, since: null } as const
  const seen = (role: Role, current: 'overview' | 'lookup' = 'lookup', until?: string) => {
    const note = until ? { ...stopped, until } : stopped
    return renderToStaticMarkup(
      <QueryClientProvider client={new QueryClient()}>
        <Frame
          viewer={{ ...viewer([app('14001', role)]), stopped: note }}
          current={current}
          words={wordsIn(locale)}
          theme="dark"
        >
          {null}
        </Frame>
      </QueryClientProvider>,
    )
  }

  test('is reported above every page, with “check again” for administrators', () => {
    expect(seen('admin')).toContain(errors.upstream_quota.title)
    expect(seen('admin')).toContain(common.check.again)
    expect(seen('support')).toContain(common.retry)
    expect(seen('support')).not.toContain(common.check.again)
  })

  test('shows when the next attempt is', () => {
    const said = wordsIn(locale).t('common.problem.until', { time: '§' }).split('§').at(-1) ?? ''
    expect(seen('admin', 'lookup', '2026-11-21T16:05:00Z')).toContain(said)
    expect(seen('admin', 'lookup', '2026-11-21T16:05:00Z')).toContain('00:05')
    expect(seen('admin')).not.toContain('00:05')
  })

  test('is left to the pages that refresh it themselves', () => {
    expect(seen('admin', 'overview')).not.toContain(errors.upstream_quota.title)
  })
})

test('an address names the app only when there are several', () => {
  expect(appParam(one)).toBeNull()
  expect(appParam(two)).toBe('14001')
  expect(appParam({ ...two, app: null })).toBeNull()
  expect(mayLookUp({ ...two, app: null })).toBe(false)
})

describe.each(LOCALES)('pages that cannot show what was requested, in %s', (locale) => {
  const { common, errors } = messagesOf(locale)

  test('say which role is needed and who can grant it', () => {
    const seen = renderToStaticMarkup(<Forbidden app={app('14001', 'viewer')} words={wordsIn(locale)} />)
    expect(seen).toContain(common.forbidden.lookup)
    expect(seen).toContain('App 14001')
    expect(seen).toContain(common.role.viewer)
  })

  test('say what was wrong, with a link to the overview', () => {
    const seen = renderToStaticMarkup(<Refused code="bad_range" words={wordsIn(locale)} />)
    expect(seen).toContain(errors.bad_range.title)
    expect(seen).toContain(errors.bad_range.detail)
    expect(seen).toContain('href="/?source=task"')
  })

  test('say how to connect an app', () => {
    const seen = renderToStaticMarkup(<NoApp mayConnect words={wordsIn(locale)} />)
    expect(seen).toContain('href="/settings/apps/connect"')
    expect(seen).toContain(common.noApp.admin)
    const other = renderToStaticMarkup(<NoApp words={wordsIn(locale)} />)
    expect(other).toContain(common.noApp.other)
    expect(other).not.toContain('/settings/apps')
  })
})
