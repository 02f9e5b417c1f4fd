import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Forbidden } from '@/components/frame/forbidden'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { appParam, mayAdminister } from '@/components/frame/viewer'
import { preferences } from '@/components/i18n/preferences'
import { Lookup, TraceAnswer } from '@/components/lookup/lookup'
import { Recognized } from '@/components/lookup/recognized'
import { Notice } from '@/components/ui/notice'
import { Problem } from '@/components/ui/problem'
import { traceKeyOf } from '@/lib/browser/queries'
import { recentOwner } from '@/lib/contract/lookup-text'
import { readLookup } from '@/lib/http/pages/lookup'
import { pageContext } from '@/lib/http/pages/page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('lookup.title') }) }
}

export default async function LookupPage({ searchParams }: Props) {
  const [search, { words, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current="lookup" words={words} theme={theme}>
      {await content()}
    </Frame>
  )

  async function content() {
    const { app, apps, stopped } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    const read = await readLookup(page, search)
    if (read && 'error' in read && read.error === 'forbidden') return <Forbidden app={app} words={words} />
    const lookup = (text: string, answer: ReactNode) => (
      <Lookup viewer={page} text={text} who={recentOwner(page.principal.id, app.id)} answer={answer} words={words} />
    )
    if (read && 'error' in read) {
      return lookup('', <Notice kind="warn" title={words.t(`errors.${read.error}.title`)} />)
    }
    if (!read) {
      return (
        <>
          {lookup('', null)}
          <div className="mt-4">
            <Problem problem={stopped} tz={app.utcOffset} words={words} />
          </div>
        </>
      )
    }
    const key = read.trace && traceKeyOf(read.trace.query)
    return lookup(
      read.text,
      <>
        <Recognized app={app} appParam={appParam(page)} lookedUp={read} words={words} />
        {read.trace && key && (
          <TraceAnswer app={app} trace={key} reply={read.trace.reply} mayShare={mayAdminister(page)} words={words} />
        )}
        {read.user && (
          <a href={read.user} className="link">
            {words.t('lookup.aboutUser')}
          </a>
        )}
      </>,
    )
  }
}
