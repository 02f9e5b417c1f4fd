import type { Metadata } from 'next'
import { AccessPage } from '@/components/access/access-page'
import { SignOut } from '@/components/frame/sign-out'
import { pickMessages } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { DueSetUp } from '@/components/profile/due-set-up'
import { ownPath } from '@/lib/contract/access/sign-in-links'
import { requireSetUpDue } from '@/lib/http/pages/second-factor'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('second-factor.due.title') }) }
}

/** Opens after the password of a person whose role requires a second factor. */
export default async function SecondFactorSetUpPage({ searchParams }: Props) {
  const next = ownPath((await searchParams).next)
  const [{ words, locale }, { demo }] = await Promise.all([preferences(), requireSetUpDue(next)])
  const { t } = words
  return (
    <AccessPage title={t('second-factor.due.title')} lead={t('second-factor.due.lead')} demo={demo} words={words}>
      <DueSetUp next={next} locale={locale} messages={pickMessages(locale, ['errors', 'second-factor'])} />
      <div className="-mx-2.5 mt-2">
        <SignOut label={t('common.person.signOut')} />
      </div>
    </AccessPage>
  )
}
