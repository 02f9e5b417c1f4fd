import type { ReactNode } from 'react'
import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Icon } from '@/components/ui/icon'
import { stripControls } from '@/components/ui/strip-controls'
import type { PersonReply } from '@/lib/contract/access/people'
import { AccessControls } from './access-controls'
import { RemoveForm } from './remove-form'
import { RolesForm } from './roles-form'
import { rolesText } from './roles-text'
import type { AppChoice, Texts } from './texts'

interface Props {
  person: PersonReply
  /** It is the person who looks. */
  self: boolean
  apps: AppChoice[]
  tz: string
  texts: Texts
  words: Words
}

/** One person in a row that opens: roles, access and removal. */
export function PersonCard({ person, self, apps, tz, texts, words }: Props) {
  const { t } = words
  const name = stripControls(person.name)
  return (
    <li className="border-t border-line first:border-t-0">
      <details className="group">
        <summary className="relative grid items-center gap-x-6 gap-y-1 px-5 py-3 hover:bg-sunk max-sm:ps-4 max-sm:pe-12 sm:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_minmax(0,2fr)_1.25rem]">
          <Who person={person} name={name} self={self} words={words} />
          <span className="min-w-0 text-13 break-words">{rolesText(person.grants, apps, words)}</span>
          <span className="text-13 text-second">{activityText(person, tz, words)}</span>
          <span className="sr-only">{t('people.manage', { name })}</span>
          <span
            className="text-second transition-transform group-open:rotate-180 max-sm:absolute max-sm:end-4 max-sm:top-4"
            aria-hidden="true"
          >
            <Icon name="chevron" />
          </span>
        </summary>
        <div className="grid gap-6 border-t border-line bg-ground px-5 py-4 max-sm:px-4 lg:grid-cols-2">
          <Part title={t('people.roles.title')}>
            <RolesForm person={person} apps={apps} {...texts} />
          </Part>
          <Part title={t('people.access.title')}>
            {self ? (
              <p className="text-13 text-second">{t('people.access.self')}</p>
            ) : (
              <AccessControls person={person} tz={tz} {...texts} />
            )}
          </Part>
          {!self && (
            <details className="border-t border-line pt-3 lg:col-span-2">
              <summary className="flex min-h-9 w-fit items-center text-13 font-medium text-bad underline underline-offset-3">
                {t('people.remove.title', { name })}
              </summary>
              <div className="pt-2">
                <RemoveForm person={person} {...texts} />
              </div>
            </details>
          )}
        </div>
      </details>
    </li>
  )
}

function Who({ person, name, self, words: { t } }: { person: PersonReply; name: string; self: boolean; words: Words }) {
  const tag = self ? t('people.you') : person.disabledAt === null ? null : t('people.disabledTag')
  return (
    <span className="min-w-0">
      <span className="font-semibold break-words">{name}</span>
      {tag && (
        <span
          className={`ms-2 rounded-4 px-1.5 py-0.5 text-12 ${self ? 'bg-accent-soft text-on-accent-soft' : 'bg-warn-soft text-warn'}`}
        >
          {tag}
        </span>
      )}
      <span className="block text-13 break-all text-second">{person.email}</span>
    </span>
  )
}

function activityText({ disabledAt, lastSeenAt }: PersonReply, tz: string, { t, locale }: Words): string {
  if (disabledAt !== null) return t('people.since', { time: minute(disabledAt, tz, locale) })
  return lastSeenAt === null ? t('people.notSeen') : t('people.lastSeen', { time: minute(lastSeenAt, tz, locale) })
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </div>
  )
}
