import type { Metadata } from 'next'
import { Forbidden } from '@/components/frame/forbidden'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { appParam, mayAdminister } from '@/components/frame/viewer'
import { preferences } from '@/components/i18n/preferences'
import { PressToLookUp } from '@/components/lookup/press-to-look-up'
import { UserPage } from '@/components/user/user-page'
import { readUser } from '@/lib/http/pages/lookup'
import { pageContext } from '@/lib/http/pages/page'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('user.title') }) }
}

export default async function Page({ params, searchParams }: Props) {
  const [{ id }, search, { words, theme }] = await Promise.all([params, searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current="lookup" words={words} theme={theme}>
      {await content()}
    </Frame>
  )

  async function content() {
    const { app, apps } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    const read = await readUser(page, id, search)
    if ('error' in read) {
      const forbidden = read.error === 'forbidden'
      return forbidden ? <Forbidden app={app} words={words} /> : <Refused code={read.error} words={words} />
    }
    if ('press' in read) {
      return (
        <div className="space-y-4">
          <h1 className="text-20 font-semibold">{words.t('user.title')}</h1>
          <PressToLookUp press={read.press} words={words} />
        </div>
      )
    }
    return (
      <UserPage
        app={app}
        appParam={appParam(page)}
        since={read.since}
        reply={read.reply}
        mayErase={mayAdminister(page)}
        words={words}
      />
    )
  }
}
