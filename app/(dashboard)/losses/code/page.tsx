import type { Metadata } from 'next'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { appParam } from '@/components/frame/viewer'
import { preferences } from '@/components/i18n/preferences'
import { Code } from '@/components/losses/code'
import { pageContext, readLosses, readReasons } from '@/lib/http/page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('losses.title') }) }
}

export default async function CodePage({ searchParams }: Props) {
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
    const { code } = search
    if (typeof code !== 'string') return <Refused code="bad_request" words={words} />
    const [answer, found] = await Promise.all([readLosses(page, search, ['code']), readReasons(page, code)])
    if ('error' in answer) return <Refused code={answer.error} words={words} />
    if ('error' in found) return <Refused code={found.error} words={words} />
    return (
      <Code
        app={app.id}
        appParam={appParam(page)}
        view={answer.query}
        code={code}
        entries={found.items}
        reply={answer.reply}
        words={words}
      />
    )
  }
}
