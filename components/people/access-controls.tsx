'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { createWords, type Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { changePerson, endSessionsOf, resetPerson, resetSecondFactorOf } from '@/lib/browser/people'
import type { PersonReply } from '@/lib/contract/access/people'
import { NewLink } from './new-link'
import type { Texts } from './texts'

/** Makes a password link, turns off a lost second factor, ends sessions, disables and enables a person. */
export function AccessControls({ person, tz, locale, messages }: Texts & { person: PersonReply; tz: string }) {
  const words = createWords(locale, messages)
  const { t } = words
  const router = useRouter()
  const hydrated = useHydrated()
  const [revokeTokens, setRevokeTokens] = useState(false)
  const onSuccess = () => router.refresh()
  const reset = useMutation({ mutationFn: () => resetPerson(person.id), onSuccess })
  const end = useMutation({ mutationFn: () => endSessionsOf(person.id), onSuccess })
  const factor = useMutation({ mutationFn: () => resetSecondFactorOf(person.id), onSuccess })
  const disabled = person.disabledAt !== null
  const access = useMutation({
    mutationFn: () => changePerson({ person: person.id, disabled: !disabled, revokeTokens }),
    onSuccess,
  })
  const all = [reset, end, factor, access]
  /** Forgets an earlier refusal, which would seem to be of this action. */
  const start = (action: { mutate(): void }) => () => {
    for (const one of all) if (one.error) one.reset()
    action.mutate()
  }
  const busy = !hydrated || all.some(({ isPending }) => isPending)
  return (
    <div className="space-y-3">
      <Action label={t('people.access.reset')} hint={t('people.access.resetHint')} busy={busy} act={start(reset)} />
      {reset.data && <NewLink made={reset.data} tz={tz} words={words} />}
      {person.secondFactor && (
        <Action
          label={t('people.access.factor')}
          hint={t('people.access.factorHint')}
          busy={busy}
          act={start(factor)}
        />
      )}
      <Action
        label={t('people.access.end')}
        hint={
          end.data
            ? t('people.access.ended', { n: end.data.ended })
            : t('people.access.sessions', { n: person.sessions })
        }
        busy={busy}
        act={start(end)}
      />
      <Action
        label={t(disabled ? 'people.access.enable' : 'people.access.disable')}
        hint={disabled ? null : disableHint(person, words)}
        busy={busy}
        act={start(access)}
      />
      {!disabled && person.tokens > 0 && (
        <label className="flex min-h-6 items-center gap-2 text-13">
          <input
            type="checkbox"
            className="accent-accent"
            checked={revokeTokens}
            onChange={() => setRevokeTokens(!revokeTokens)}
          />
          {t('people.access.tokens', { n: person.tokens })}
        </label>
      )}
      <Refusal error={reset.error ?? end.error ?? factor.error ?? access.error} words={words} />
    </div>
  )
}

function disableHint({ shares }: PersonReply, { t }: Words): string {
  const hint = t('people.access.disableHint')
  return shares === 0 ? hint : `${hint} ${t('people.access.shares', { n: shares })}`
}

interface ActionProps {
  label: string
  hint: string | null
  busy: boolean
  act: () => void
}

function Action({ label, hint, busy, act }: ActionProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <button type="button" className="button max-sm:min-h-11" disabled={busy} onClick={act}>
        {label}
      </button>
      {hint && (
        <p role="status" className="text-13 text-second">
          {hint}
        </p>
      )}
    </div>
  )
}

function Refusal({ error, words: { t } }: { error: unknown; words: Words }) {
  const code = errorCodeOf(error)
  return (
    <p role="alert" className="text-13 text-bad empty:hidden">
      {code && `${t(`errors.${code}.title`)}. ${t(`errors.${code}.detail`)}`}
    </p>
  )
}
