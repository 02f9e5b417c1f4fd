import type { Metadata } from 'next'
import { SearchBox } from '@/components/frame/box/search-box'
import { Forbidden } from '@/components/frame/forbidden'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { mayLookUp } from '@/components/frame/viewer'
import { pickMessages } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { BulkLookup } from '@/components/lookup/bulk'
import { Notice } from '@/components/ui/notice'
import { pageContext } from '@/lib/http/pages/page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('box.bulk.title') }) }
}

export default async function BulkPage({ searchParams }: Props) {
  const [search, { words, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current="lookup" words={words} theme={theme}>
      {content()}
    </Frame>
  )

  function content() {
    const { app, apps } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    if (!mayLookUp(page)) return <Forbidden app={app} words={words} />
    return (
      <div className="space-y-4">
        <h1 className="text-20 font-semibold">{words.t('box.bulk.title')}</h1>
        <SearchBox viewer={page} words={words} large />
        <noscript>
          <Notice kind="warn" title={words.t('box.bulk.needsScript')} />
        </noscript>
        <BulkLookup
          app={app}
          ownVisit={page.ownVisit}
          locale={words.locale}
          messages={pickMessages(
            words.locale,
            ['box', 'common', 'errors', 'lookup', 'vendors', 'verdicts'],
            words.channels,
          )}
        />
      </div>
    )
  }
}
