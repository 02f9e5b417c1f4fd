import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { settingsPages, type Viewer } from '@/components/frame/viewer'
import { LOCALES } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { wordsIn } from '@/components/i18n/testing/render'
import { mayRole, ROLES, type Role } from '@/lib/contract/roles'
import { SETTINGS_OF_ONE_APP, SETTINGS_PAGES } from '@/lib/contract/settings-pages'
import { SettingsNav } from './nav'

function viewer(role: Role | null, administersAll = false): Viewer {
  const fixed = { region: 'china', utcOffset: '+08:00', origin: 'environment', demo: false } as const
  const app = role && { id: '1', sdkAppId: 1, name: 'Shop', role, ...fixed }
  return { person: null, apps: app ? [app] : [], app, administersAll }
}

const keys = (who: Viewer) => settingsPages(who).map(({ key }) => key)

describe('the navigation of the settings', () => {
  test.each(ROLES)(
    'offers a %s of one app the pages of everybody, and those that the role includes on this app',
    (role) => {
      const own = SETTINGS_PAGES.filter(
        ({ key, ability }) => ability === null || (SETTINGS_OF_ONE_APP.includes(key) && mayRole(role, ability)),
      )
      expect(keys(viewer(role))).toEqual(own.map(({ key }) => key))
    },
  )

  test('offers an administrator of all apps everything, and without an app all but the pages of an app', () => {
    expect(keys(viewer('admin', true))).toEqual(SETTINGS_PAGES.map(({ key }) => key))
    const rest = SETTINGS_PAGES.filter(({ key }) => !SETTINGS_OF_ONE_APP.includes(key))
    expect(keys(viewer(null, true))).toEqual(rest.map(({ key }) => key))
  })

  test.each(LOCALES)('names every page and marks the current one, in %s', (locale) => {
    const seen = renderToStaticMarkup(
      <SettingsNav viewer={viewer('admin', true)} current="system" words={wordsIn(locale)} />,
    )
    for (const { key } of SETTINGS_PAGES) expect(seen).toContain(messagesOf(locale).settings.nav[key])
    expect(
      seen.match(/aria-current="page"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*aria-current="page"/)?.slice(1),
    ).toContain('/settings/system')
  })
})
