import type { Metadata } from 'next'
import type { ComponentProps, ReactNode } from 'react'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { preferences } from '@/components/i18n/preferences'
import type { MessageKey, Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'
import type { ErrorCode } from '@/lib/contract/errors'
import { type Page, pageContext, type Search } from '@/lib/http/pages/page'

/** The props that Next passes to a page. */
export interface PageProps {
  searchParams: Promise<Search>
}

interface AppPageContext {
  page: Page & { app: AppReply }
  search: Search
  words: Words
}

export async function pageTitle(key: MessageKey): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t(key) }) }
}

/** Renders a page of one app inside the frame. `content` returns what the page shows, or the error that refuses it. */
export async function appPage(
  { searchParams }: PageProps,
  current: ComponentProps<typeof Frame>['current'],
  content: (asked: AppPageContext) => Promise<ReactNode | { error: ErrorCode }>,
) {
  const [search, { words, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current={current} words={words} theme={theme}>
      {await shown()}
    </Frame>
  )

  async function shown(): Promise<ReactNode> {
    const { app, apps } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    const found = await content({ page: { ...page, app }, search, words })
    return isRefusal(found) ? <Refused code={found.error} words={words} /> : found
  }
}

const isRefusal = (found: ReactNode | { error: ErrorCode }): found is { error: ErrorCode } =>
  typeof found === 'object' && found !== null && 'error' in found
