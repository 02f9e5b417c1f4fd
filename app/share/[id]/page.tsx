import type { Metadata } from 'next'
import { pickMessages } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { readShareTitle } from '@/lib/http/pages/shared'
import { SharedView } from './shared-view'

/** The texts of every page that a link can show: which of them it shows is known only with the secret. */
const WORDS = [
  'campaign',
  'campaigns',
  'common',
  'errors',
  'lookup',
  'losses',
  'overview',
  'reasons',
  'shared',
  'trend',
  'vendors',
  'verdicts',
] as const

interface Props {
  params: Promise<{ id: string }>
}

/** A link has its own title only where its creator chose so, because chat apps show it to everybody in the chat. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { words } = await preferences()
  const title = await readShareTitle((await params).id)
  const page = title ?? words.t('shared.title')
  return {
    title: words.t('common.pageTitle', { page }),
    referrer: 'no-referrer',
    robots: { index: false, follow: false },
    // On a home screen the app would open at the sign-in, which visitors of a link cannot pass.
    manifest: null,
    openGraph: { type: 'website', title: page, siteName: words.t('common.name') },
  }
}

/** The page is the same for every link, also for one that does not exist. Everything else is asked for with the secret. */
export default async function SharePage({ params }: Props) {
  const [{ id }, { words }] = await Promise.all([params, preferences()])
  return (
    <>
      <SharedView id={id} locale={words.locale} messages={pickMessages(words.locale, WORDS)} />
      <noscript>
        <p className="p-4">{words.t('shared.script')}</p>
      </noscript>
    </>
  )
}
