import type { Metadata } from 'next'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { appParam, mayAdminister } from '@/components/frame/viewer'
import { preferences } from '@/components/i18n/preferences'
import { Overview } from '@/components/overview/overview'
import { pageContext, readFunnel } from '@/lib/http/page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('overview.title') }) }
}

export default async function OverviewPage({ searchParams }: Props) {
  const [search, { words, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current="overview" words={words} theme={theme}>
      {await content()}
    </Frame>
  )

  async function content() {
    const { app, apps } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    const answer = await readFunnel(page, search)
    if ('error' in answer) return <Refused code={answer.error} words={words} />
    return (
      <Overview
        app={app.id}
        appParam={appParam(page)}
        view={answer.query}
        mayCheck={mayAdminister(page)}
        reply={answer.reply}
        words={words}
      />
    )
  }
}
