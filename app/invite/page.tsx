import type { Metadata } from 'next'
import { AcceptForm } from '@/components/access/accept-form'
import { AccessPage } from '@/components/access/access-page'
import { textsOf } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { signInState } from '@/lib/http/pages/sign-in'

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('access.invite.title') }) }
}

/** The page is the same for every link. What a link is for is read with the secret, which the server sees only then. */
export default async function InvitePage() {
  const [{ words, locale }, { demo }] = await Promise.all([preferences(), signInState()])
  const { access, errors } = textsOf(locale)
  return (
    <AccessPage demo={demo} words={words}>
      <AcceptForm texts={access} errors={errors} locale={locale} />
      <noscript>
        <p>{words.t('access.invite.script')}</p>
      </noscript>
    </AccessPage>
  )
}
