import type { ReactNode } from 'react'
import type { Keys, Theme } from '@/components/i18n/locale'
import { pickMessages } from '@/components/i18n/messages'
import { zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Section } from '@/components/ui/section'
import type { SessionReply } from '@/lib/contract/access/people'
import type { ProfileReply } from '@/lib/contract/access/profile'
import type { AppReply } from '@/lib/contract/apps'
import { EVERY_APP } from '@/lib/contract/roles'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import { DisplayForm } from './display-form'
import { NameForm } from './name-form'
import { PasswordForm } from './password-form'
import { Sessions } from './sessions'
import { Shortcuts } from './shortcuts'
import { Views } from './views'

interface Props {
  profile: ProfileReply
  sessions: SessionReply[]
  apps: AppReply[]
  /** The zone in which times are shown. */
  tz: string
  /** The zone that the person chose in this browser. */
  zone: string | null
  theme: Theme
  /** Whether single keys are shortcuts in this browser. */
  keys: Keys
  views: ViewReply[]
  /** The section of the second factor. */
  children?: ReactNode
  words: Words
}

/** Shows what a person can see and change of their own account. */
export function Profile({ profile, sessions, apps, tz, zone, theme, keys, views, children, words }: Props) {
  const { t, locale } = words
  const texts = { locale, messages: pickMessages(locale, ['profile', 'errors', 'common', 'keys', 'views']) }
  return (
    <>
      <h1 className="text-20 font-semibold">{t('profile.title')}</h1>
      <p className="mb-4 text-second">{rolesText(profile, apps, words)}</p>
      <noscript>
        <p className="mb-4">{t('profile.script')}</p>
      </noscript>
      <div className="space-y-4">
        <Section id="name" title={t('profile.name.title')} lead={t('profile.name.lead', { email: profile.email })}>
          <NameForm name={profile.name} {...texts} />
        </Section>
        <Section
          id="password"
          title={t('profile.password.title')}
          lead={profile.password && t('profile.password.lead')}
        >
          {profile.password ? <PasswordForm email={profile.email} {...texts} /> : <p>{t('profile.password.none')}</p>}
        </Section>
        {children}
        <Section
          id="sessions"
          title={t('profile.sessions.title')}
          lead={t('profile.sessions.lead', { zone: sessions[0] ? zoneLabel(sessions[0].seenAt, tz) : tz })}
        >
          <Sessions sessions={sessions} tz={tz} {...texts} />
        </Section>
        <Section id="display" title={t('profile.display.title')} lead={t('profile.display.lead')}>
          <DisplayForm theme={theme} zone={zone} {...texts} />
        </Section>
        <Section id="views" title={t('views.profile.title')} lead={t('views.profile.lead')}>
          <Views views={views} {...texts} />
        </Section>
        <Section id="keys" title={t('keys.title')}>
          <Shortcuts keys={keys} {...texts} />
        </Section>
      </div>
    </>
  )
}

/** Such as `Administrator · all apps`. */
function rolesText({ grants }: ProfileReply, apps: AppReply[], { t }: Words): string {
  const lines = grants.flatMap(({ app, role }) => {
    const where = app === EVERY_APP ? t('profile.everyApp') : apps.find(({ id }) => id === app)?.name
    return where ? [t('profile.roleOn', { role: t(`common.role.${role}`), where })] : []
  })
  return lines.join(', ') || t('profile.noRole')
}
