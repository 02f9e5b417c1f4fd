'use client'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { megabytes } from '@/components/i18n/number'
import { minute } from '@/components/i18n/time'
import { createWords, type Messages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { createBackup } from '@/lib/browser/backups'
import type { ErrorCode } from '@/lib/contract/errors'
import type { BackupsReply } from '@/lib/contract/installation/backups'
import { backupHref } from '@/lib/contract/links'
import { DeleteBackup } from './delete-backup'

interface Props {
  reply: BackupsReply
  tz: string
  locale: Locale
  messages: Partial<Messages>
}

/** Lists the backups, with a button that makes one. */
export function BackupList({ reply: { items, to, unreachable }, tz, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  return (
    <>
      <MakeBackup words={words} />
      {unreachable && <p className="text-bad">{t('system.backups.unreachable', { to })}</p>}
      {!unreachable && items.length === 0 && <p className="text-13 text-second">{t('system.backups.none')}</p>}
      {items.length > 0 && (
        <ul className="divide-y divide-line border-y border-line text-13">
          {items.map(({ name, at, bytes, origin }) => (
            <li key={name} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
              <span className="min-w-40 grow">
                <time dateTime={at} className="font-medium">
                  {minute(at, tz, locale)}
                </time>{' '}
                <span className="text-second">
                  {t('system.backups.megabytes', { n: megabytes(bytes, locale) })} ·{' '}
                  {t(`system.backups.origin.${origin}`)}
                </span>
              </span>
              <a
                className="button max-sm:min-h-11"
                href={backupHref(name)}
                download={name}
                aria-label={t('system.backups.downloadLabel', { name })}
              >
                {t('system.backups.download')}
              </a>
              <DeleteBackup name={name} words={words} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function MakeBackup({ words: { t } }: { words: ReturnType<typeof createWords> }) {
  const router = useRouter()
  const hydrated = useHydrated()
  const [state, setState] = useState<'idle' | 'busy' | 'made' | { failed: ErrorCode }>('idle')
  const make = () => {
    setState('busy')
    createBackup().then(
      () => {
        setState('made')
        router.refresh()
      },
      (error) => setState({ failed: errorCodeOf(error) ?? 'internal' }),
    )
  }
  return (
    <div className="needs-script no-print flex flex-wrap items-center gap-3">
      <button type="button" className="button max-sm:min-h-11" disabled={!hydrated || state === 'busy'} onClick={make}>
        {t(state === 'busy' ? 'system.backups.making' : 'system.backups.make')}
      </button>
      <p role="status" className={`text-13 ${typeof state === 'object' ? 'text-bad' : 'text-second'}`}>
        {state === 'made' && t('system.backups.made')}
        {typeof state === 'object' && t(`errors.${state.failed}.title`)}
      </p>
    </div>
  )
}
