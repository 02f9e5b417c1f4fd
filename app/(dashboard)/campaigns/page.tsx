import type { Metadata } from 'next'
import { Campaigns } from '@/components/campaigns/campaigns'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { appParam, mayEdit } from '@/components/frame/viewer'
import { preferences } from '@/components/i18n/preferences'
import { pageContext, readTasks } from '@/lib/http/page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('campaigns.title') }) }
}

export default async function CampaignsPage({ searchParams }: Props) {
  const [search, { words, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current="campaigns" words={words} theme={theme}>
      {await content()}
    </Frame>
  )

  async function content() {
    const { app, apps } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    const read = await readTasks(page, search)
    if ('error' in read) return <Refused code={read.error} words={words} />
    return (
      <Campaigns
        app={app}
        appParam={appParam(page)}
        mayWrite={mayEdit(page)}
        edit={typeof search.edit === 'string' ? search.edit : null}
        read={read}
        words={words}
      />
    )
  }
}
