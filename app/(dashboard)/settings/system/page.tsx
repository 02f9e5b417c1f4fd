import type { Metadata } from 'next'
import { Forbidden } from '@/components/frame/forbidden'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { preferences } from '@/components/i18n/preferences'
import { System } from '@/components/system/system'
import { pageContext, readStatus } from '@/lib/http/page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('system.title') }) }
}

export default async function SystemPage({ searchParams }: Props) {
  const [search, { words, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current="system" words={words} theme={theme}>
      {await content()}
    </Frame>
  )

  async function content() {
    const { app, apps } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    const read = await readStatus(page)
    if (!('error' in read)) return <System reply={read} words={words} />
    if (read.error === 'forbidden') return <Forbidden app={app} needs="system" words={words} />
    return <Refused code={read.error} words={words} />
  }
}
