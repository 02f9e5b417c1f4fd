import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AccessPage } from '@/components/access/access-page'
import { SetupForm } from '@/components/access/setup-form'
import { textsOf } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { signInState } from '@/lib/http/pages/sign-in'

export async function generateMetadata(): Promise<Metadata> {
  const { words } = await preferences()
  return { title: words.t('common.pageTitle', { page: words.t('access.setup.title') }) }
}

export default async function SetupPage() {
  const { setupOpen, demo } = await signInState()
  if (!setupOpen) notFound()
  const { words, locale } = await preferences()
  const { access, errors } = textsOf(locale)
  return (
    <AccessPage title={words.t('access.setup.title')} lead={words.t('access.setup.lead')} demo={demo} words={words}>
      <SetupForm texts={access} errors={errors} />
    </AccessPage>
  )
}
