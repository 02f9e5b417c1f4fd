'use client'
import { type FormEvent, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import type { Messages } from '@/components/i18n/words'
import { createWords } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { eraseUser } from '@/lib/browser/users'
import type { ErrorCode } from '@/lib/contract/errors'
import type { EraseReply } from '@/lib/contract/users'

interface Props {
  app: string
  /** The UserID when the page was opened from a user's page. The confirmation is always typed. */
  userId: string
  locale: Locale
  messages: Partial<Messages>
}

/** Asks for the UserID twice, because erasing cannot be undone. */
export function EraseForm({ app, userId, locale, messages }: Props) {
  const { t } = createWords(locale, messages)
  const hydrated = useHydrated()
  const [state, setState] = useState<'typing' | 'busy' | 'differ' | { done: EraseReply } | { failed: ErrorCode }>(
    'typing',
  )
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [who, again] = [form.get('userId'), form.get('confirm')].map((value) => String(value ?? '').trim())
    if (!who || who !== again) return setState('differ')
    setState('busy')
    try {
      setState({ done: await eraseUser(app, who, again) })
    } catch (error) {
      setState({ failed: errorCodeOf(error) ?? 'internal' })
    }
  }
  return (
    <form
      className="needs-script space-y-3"
      method="post"
      onSubmit={submit}
      onChange={() => state === 'differ' && setState('typing')}
    >
      {(['userId', 'confirm'] as const).map((name) => (
        <label key={name} className="block text-13 font-medium">
          {t(`user.erasing.${name}`)}
          <input
            className="field mt-1 font-mono font-normal"
            name={name}
            defaultValue={name === 'userId' ? userId : ''}
            required
            maxLength={100}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={(name === 'confirm' && state === 'differ') || undefined}
            aria-describedby={name === 'confirm' ? 'erase-status' : undefined}
          />
        </label>
      ))}
      <p
        id="erase-status"
        role="status"
        className={typeof state === 'string' || 'failed' in state ? 'text-bad' : undefined}
      >
        {state === 'differ' && t('user.erasing.differ')}
        {typeof state === 'object' && 'failed' in state && t(`errors.${state.failed}.title`)}
        {typeof state === 'object' &&
          'done' in state &&
          t('user.erasing.done', { traces: state.done.traces, texts: state.done.texts })}
      </p>
      <button
        type="submit"
        className="button border-bad text-bad max-sm:min-h-11"
        disabled={!hydrated || state === 'busy'}
      >
        {t(state === 'busy' ? 'user.erasing.busy' : 'user.erasing.button')}
      </button>
    </form>
  )
}
