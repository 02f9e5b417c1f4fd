import { useEffect, useRef, useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { revokeShare } from '@/lib/browser/shares'
import type { ShareReply } from '@/lib/contract/shares/share'

interface Props {
  app: string
  share: ShareReply
  busy: boolean
  run(work: () => Promise<unknown>): void
  words: Words
}

/** Revokes one link after a second press. Pausing is the way that can be undone. */
export function RevokeShare({ app, share, busy, run, words: { t } }: Props) {
  const [isAsking, setAsking] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isAsking) keep.current?.focus()
  }, [isAsking])
  if (!isAsking) {
    return (
      <button type="button" className="button max-sm:min-h-11" disabled={busy} onClick={() => setAsking(true)}>
        {t('shares.action.revoke')}
      </button>
    )
  }
  return (
    <div role="alertdialog" aria-label={t('shares.action.revoke')} className="flex flex-wrap items-center gap-2">
      <p className="text-13">{t('shares.action.revokeSure')}</p>
      <button
        type="button"
        className="button max-sm:min-h-11"
        disabled={busy}
        onClick={() => run(() => revokeShare(app, share.id))}
      >
        {t('shares.action.revokeNow')}
      </button>
      <button ref={keep} type="button" className="button max-sm:min-h-11" onClick={() => setAsking(false)}>
        {t('shares.action.keep')}
      </button>
    </div>
  )
}
