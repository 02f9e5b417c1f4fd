'use client'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { changeShare } from '@/lib/browser/shares'
import type { ErrorCode } from '@/lib/contract/errors'
import { DAY, SHARE_LIMITS } from '@/lib/contract/limits'
import type { ChangeShareBody, ShareOwnersReply, ShareReply } from '@/lib/contract/shares/share'
import { Opens } from './opens'
import { RevokeShare } from './revoke-share'

interface Props {
  app: string
  share: ShareReply
  owners: ShareOwnersReply['items']
  tz: string
  locale: Locale
  messages: Partial<Messages>
}

/** What can be done with a link. Everything but revoking can be undone, so it happens at one press. */
export function Manage({ app, share, owners, tz, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work()
      router.refresh()
    } catch (error) {
      setFailure(errorCodeOf(error))
    }
    setBusy(false)
  }
  const change = (body: ChangeShareBody) => run(() => changeShare(app, share.id, body))
  const days = share.content.kind === 'lookup' ? SHARE_LIMITS.lookup : SHARE_LIMITS.usual
  const isRevoked = share.state === 'revoked'
  const isPaused = share.state === 'paused'
  return (
    <details className="needs-script">
      <summary className="w-fit min-h-6" aria-label={t('shares.action.manage', { name: share.name })}>
        <span className="link">{t('shares.action.open')}</span>
      </summary>
      <div className="space-y-3 pt-3">
        {!isRevoked && (
          <div className="flex flex-wrap items-end gap-3">
            <button
              type="button"
              className="button max-sm:min-h-11"
              disabled={busy}
              onClick={() => change({ endsAt: new Date(Date.now() + days * DAY * 1_000).toISOString() })}
            >
              {t('shares.action.renew', { n: days })}
            </button>
            {share.state !== 'ended' && (
              <button
                type="button"
                className="button max-sm:min-h-11"
                disabled={busy}
                onClick={() => change({ paused: !isPaused })}
              >
                {t(isPaused ? 'shares.action.resume' : 'shares.action.pause')}
              </button>
            )}
            <HandOver
              owners={owners.filter(({ id }) => id !== share.owner.id)}
              busy={busy}
              onHandOver={(owner) => change({ owner })}
              label={t('shares.action.handOver')}
              submit={t('shares.action.handOverNow')}
            />
            <RevokeShare app={app} share={share} busy={busy} run={run} words={words} />
          </div>
        )}
        <p role="alert" className="text-13 text-bad empty:hidden">
          {failure && t('shares.action.failed', { why: t(`errors.${failure}.title`) })}
        </p>
        <Opens app={app} share={share.id} tz={tz} words={words} />
      </div>
    </details>
  )
}

interface HandOverProps {
  owners: ShareOwnersReply['items']
  busy: boolean
  onHandOver(owner: string): void
  label: string
  submit: string
}

/** Gives a link to another administrator of the app, as when its creator leaves. */
function HandOver({ owners, busy, onHandOver, label, submit }: HandOverProps) {
  const [first] = owners
  if (!first) return null
  return (
    <form
      method="post"
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onHandOver(String(new FormData(event.currentTarget).get('owner')))
      }}
    >
      <label className="block text-12 text-second">
        {label}
        <select name="owner" className="field mt-0.5 w-auto text-13" defaultValue={first.id}>
          {owners.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button min-h-9" disabled={busy}>
        {submit}
      </button>
    </form>
  )
}
