'use client'
import type { Words } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'
import { saveText } from '@/lib/browser/download'

interface Props {
  codes: string[]
  onDone: () => void
  words: Words
}

/** Shows new recovery codes, once. */
export function RecoveryCodes({ codes, onDone, words: { t } }: Props) {
  const text = codes.join('\n')
  return (
    <div className="space-y-3">
      <div role="status">
        <p className="font-semibold">{t('second-factor.codes.title')}</p>
        <p className="max-w-[70ch] text-second">{t('second-factor.codes.lead')}</p>
      </div>
      <ul
        aria-label={t('second-factor.codes.label')}
        className="grid w-fit gap-x-8 gap-y-1 rounded-6 border border-line bg-sunk px-4 py-3 font-mono text-16 sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyText
          text={text}
          labels={{
            copy: t('second-factor.codes.copy'),
            copied: t('second-factor.codes.copied'),
            failed: t('second-factor.codes.failed'),
          }}
        />
        <button
          type="button"
          className="button max-sm:min-h-11"
          onClick={() => saveText(`${text}\n`, 'pushlens-recovery-codes.txt')}
        >
          {t('second-factor.codes.download')}
        </button>
        <button type="button" className="button max-sm:min-h-11" data-kind="main" onClick={onDone}>
          {t('second-factor.codes.done')}
        </button>
      </div>
    </div>
  )
}
