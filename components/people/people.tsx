import type { ReactNode } from 'react'
import { pickMessages } from '@/components/i18n/messages'
import { zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Section } from '@/components/ui/section'
import type { InvitationReply, PersonReply } from '@/lib/contract/access/people'
import type { AppReply } from '@/lib/contract/apps'
import { InviteForm } from './invite-form'
import { OpenLinks } from './open-links'
import { PersonCard } from './person-card'

interface Props {
  people: PersonReply[]
  invitations: InvitationReply[]
  /** The person who looks. */
  me: string
  apps: AppReply[]
  tz: string
  /** What is required of everybody. */
  children?: ReactNode
  words: Words
}

/** Lists everybody who can sign in, with what an administrator can change. */
export function People({ people, invitations, me, apps, tz, children, words }: Props) {
  const { t, locale } = words
  const texts = { locale, messages: pickMessages(locale, ['people', 'errors', 'common']) }
  const choices = apps.map(({ id, name }) => ({ id, name }))
  const [first] = people
  return (
    <>
      <h1 className="text-20 font-semibold">{t('people.title')}</h1>
      <p className="mb-4 max-w-[78ch] text-second">
        {t('people.lead')} {first && t('people.zone', { zone: zoneLabel(first.lastSeenAt ?? first.createdAt, tz) })}
      </p>
      <noscript>
        <p className="mb-4">{t('people.script')}</p>
      </noscript>
      <div className="space-y-4">
        <h2 className="sr-only">{t('people.list')}</h2>
        <ul className="card overflow-hidden">
          {people.map((person) => (
            <PersonCard
              key={person.id}
              person={person}
              self={person.id === me}
              apps={choices}
              tz={tz}
              texts={texts}
              words={words}
            />
          ))}
        </ul>
        {invitations.length > 0 && (
          <Section id="open-links" title={t('people.open.title')}>
            <OpenLinks invitations={invitations} apps={choices} tz={tz} {...texts} />
          </Section>
        )}
        <Section id="invite" title={t('people.invite.title')} lead={t('people.invite.lead')}>
          <InviteForm apps={choices} tz={tz} {...texts} />
        </Section>
        {children}
      </div>
    </>
  )
}
