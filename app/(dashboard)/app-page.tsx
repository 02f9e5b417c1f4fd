import type { Metadata } from 'next'
import type { ComponentProps, ReactNode } from 'react'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import type { Theme } from '@/components/i18n/locale'
import { withChannels } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import type { MessageKey, Words } from '@/components/i18n/words'
import { SettingsNav } from '@/components/settings/nav'
import type { AppReply } from '@/lib/contract/apps'
import type { ErrorCode } from '@/lib/contract/errors'
import { SETTINGS_PAGES, type SettingsPage } from '@/lib/contract/settings-pages'
import { type Page, pageContext, type Search } from '@/lib/http/pages/page'

/** The props that Next passes to a page. */
export interface PageProps {
  searchParams: Promise<Search>
}

interface PageContent<P extends Page> {
  page: P
  search: Search
  words: Words
  theme: Theme
}
/** What a page shows, or the error that refuses it. */
type Content<P extends Page> = (asked: PageContent<P>) => Promise<ReactNode | { error: ErrorCode }>
type Current = ComponentProps<typeof Frame>['current']

export async function pageTitle(key: MessageKey): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t(key) }) }
}

/** Renders a page of one app inside the frame. */
export function appPage(props: PageProps, current: Current, content: Content<Page & { app: AppReply }>) {
  return framedPage(props, current, async ({ page, ...asked }) => {
    const { app, apps } = page
    if (!app) {
      return apps.length > 0 ? { error: 'not_found' } : <NoApp mayConnect={page.administersAll} words={asked.words} />
    }
    return content({ ...asked, page: { ...page, app } })
  })
}

/** Renders a page that belongs to no app, such as the person's profile. It works while no app is connected. */
export async function framedPage({ searchParams }: PageProps, current: Current, content: Content<Page>) {
  const [search, { words: plain, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  const words = withChannels(plain, page.app?.channels)
  const found = page.tooMany ? { error: 'too_many' as const } : await content({ page, search, words, theme })
  return (
    <Frame viewer={page} current={current} words={words} theme={theme}>
      {isSettings(current) && <SettingsNav viewer={page} current={current} words={words} />}
      {isRefusal(found) ? <Refused code={found.error} words={words} /> : found}
    </Frame>
  )
}

const isSettings = (current: Current): current is SettingsPage => SETTINGS_PAGES.some(({ key }) => key === current)

const isRefusal = (found: ReactNode | { error: ErrorCode }): found is { error: ErrorCode } =>
  typeof found === 'object' && found !== null && 'error' in found
