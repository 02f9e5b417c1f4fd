import type { Metadata } from 'next'
import { preferences } from '@/components/i18n/preferences'
import { Mark } from '@/components/ui/icon'
import { PLAIN_OVERVIEW } from '@/lib/contract/paths'

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('common.notFound.title') }) }
}

export default async function NotFound() {
  const { words } = await preferences()
  return (
    <main className="mx-auto grid min-h-dvh max-w-110 content-center gap-4 p-6">
      <Mark size={32} />
      <h1 className="text-20 font-semibold">{words.t('common.notFound.title')}</h1>
      <p className="text-second">{words.t('common.notFound.detail')}</p>
      <p>
        <a href={PLAIN_OVERVIEW} className="button">
          {words.t('common.toOverview')}
        </a>
      </p>
    </main>
  )
}
