import type { Metadata } from 'next'
import { Forbidden } from '@/components/frame/forbidden'
import { Frame } from '@/components/frame/frame'
import { NoApp } from '@/components/frame/no-app'
import { Refused } from '@/components/frame/refused'
import { pickMessages } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { EraseForm } from '@/components/user/erase-form'
import { pageContext } from '@/lib/http/page'
import { readErasure } from '@/lib/http/user-page'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('user.erasing.title') }) }
}

export default async function ErasePage({ searchParams }: Props) {
  const [search, { words, theme }] = await Promise.all([searchParams, preferences()])
  const page = await pageContext(search)
  return (
    <Frame viewer={page} current="system" words={words} theme={theme}>
      {await content()}
    </Frame>
  )

  async function content() {
    const { t } = words
    const { app, apps } = page
    if (!app) return apps.length > 0 ? <Refused code="not_found" words={words} /> : <NoApp words={words} />
    const read = await readErasure(page, search)
    if ('error' in read) {
      const forbidden = read.error === 'forbidden'
      return forbidden ? (
        <Forbidden app={app} needs="erase" words={words} />
      ) : (
        <Refused code={read.error} words={words} />
      )
    }
    return (
      <section className="card mx-auto max-w-150 space-y-3 p-5 sm:p-6">
        <h1 className="text-20 font-semibold">{t('user.erasing.title')}</h1>
        <p>{t('user.erasing.lead')}</p>
        <p className="text-13 text-second">{t('user.erasing.stays')}</p>
        <EraseForm
          app={app.id}
          userId={read.userId}
          locale={words.locale}
          messages={pickMessages(words.locale, ['errors', 'user'])}
        />
        <noscript>
          <p>{t('user.erasing.script')}</p>
        </noscript>
      </section>
    )
  }
}
