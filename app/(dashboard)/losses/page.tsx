import type { Metadata } from 'next'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { appParam } from '@/components/frame/viewer'
import { preferences } from '@/components/i18n/preferences'
import { Losses } from '@/components/losses/losses'
import { GROUPINGS } from '@/lib/browser/url'
import { pageContext, readLosses } from '@/lib/http/page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('losses.title') }) }
}

export default async function LossesPage({ searchParams }: Props) {
  const [search, { words, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current="losses" words={words} theme={theme}>
      {await content()}
    </Frame>
  )

  async function content() {
    const { app, apps } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    const answer = await readLosses(page, search, ['group'])
    if ('error' in answer) return <Refused code={answer.error} words={words} />
    return (
      <Losses
        app={app.id}
        appParam={appParam(page)}
        view={answer.query}
        grouping={GROUPINGS.find((name) => name === search.group) ?? 'code'}
        reply={answer.reply}
        words={words}
      />
    )
  }
}
