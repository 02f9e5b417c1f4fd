import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Forbidden } from '@/components/frame/forbidden'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { appParam } from '@/components/frame/viewer'
import { preferences } from '@/components/i18n/preferences'
import { Found, Lookup } from '@/components/lookup/lookup'
import { Notice } from '@/components/ui/notice'
import { Problem } from '@/components/ui/problem'
import { traceKeyOf } from '@/lib/browser/queries'
import { pageContext, readTrace } from '@/lib/http/page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const word = (value: string | string[] | undefined) => (typeof value === 'string' ? value.trim() : '')

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
    const read = await readTrace(page, search)
    if (read && 'error' in read && read.error === 'forbidden') return <Forbidden app={app} words={words} />
    const fields = { pushId: word(search.pushId), taskId: word(search.taskId), userId: word(search.userId) }
    const lookup = (answer: ReactNode) => (
      <Lookup appParam={appParam(page)} fields={fields} answer={answer} words={words} />
    )
    const key = read && 'query' in read ? traceKeyOf(read.query) : null
    if (read && 'reply' in read && key) return lookup(<Found app={app} trace={key} reply={read.reply} words={words} />)
    const asked = read && 'error' in read
    return (
      <>
        {lookup(null)}
        <div className="mt-4">
          {asked ? (
            <Notice kind="warn" title={words.t(`errors.${read.error}.title`)}>
              <p>{words.t('lookup.askEither')}</p>
            </Notice>
          ) : (
            <Problem problem={stopped} tz={app.utcOffset} words={words} />
          )}
        </div>
      </>
    )
  }
}
