import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AccessPage } from '@/components/access/access-page'
import { SignInWays } from '@/components/access/sign-in-ways'
import { textsOf } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { oidcProblem } from '@/lib/contract/access/oidc'
import { dueSetUpHref, ownPath } from '@/lib/contract/access/sign-in-links'
import { setupHref } from '@/lib/contract/links'
import { signInState } from '@/lib/http/pages/sign-in'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('access.signIn.title') }) }
}

export default async function SignInPage({ searchParams }: Props) {
  const [{ words, locale }, { next, problem }, { signedIn, setUpDue, setupOpen, demo, local, oidc }] =
    await Promise.all([preferences(), searchParams, signInState()])
  if (setupOpen && !oidc) redirect(setupHref())
  if (signedIn) redirect(ownPath(next))
  if (setUpDue) redirect(dueSetUpHref(ownPath(next)))
  const { access, errors } = textsOf(locale)
  return (
    <AccessPage title={words.t('access.signIn.title')} demo={demo} words={words}>
      <SignInWays
        texts={access}
        errors={errors}
        words={words}
        next={ownPath(next)}
        oidc={oidc}
        problem={oidcProblem(problem)}
        local={local}
      />
    </AccessPage>
  )
}
