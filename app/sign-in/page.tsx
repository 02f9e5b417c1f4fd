import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AccessPage } from '@/components/access/access-page'
import { SignInForm } from '@/components/access/sign-in-form'
import { textsOf } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { ownPath, pageHref, setupHref } from '@/lib/contract/links'
import { signInState } from '@/lib/http/pages/sign-in'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('access.signIn.title') }) }
}

export default async function SignInPage({ searchParams }: Props) {
  const [{ words, locale }, { next }, { signedIn, setUpDue, setupOpen, demo }] = await Promise.all([
    preferences(),
    searchParams,
    signInState(),
  ])
  if (setupOpen) redirect(setupHref())
  if (signedIn) redirect(ownPath(next))
  if (setUpDue) redirect(pageHref('secondFactorSetup', null))
  const { access, errors } = textsOf(locale)
  return (
    <AccessPage title={words.t('access.signIn.title')} demo={demo} words={words}>
      <SignInForm texts={access} errors={errors} next={ownPath(next)} />
    </AccessPage>
  )
}
