'use client'
import type { Words } from '@/components/i18n/words'
import { QrCode } from '@/components/ui/qr-code'
import { confirmSecondFactor } from '@/lib/browser/second-factor'
import type { SecondFactorStartReply } from '@/lib/contract/access/second-factor'
import { ProofForm } from './proof-form'

interface Props {
  started: SecondFactorStartReply
  onCodes: (codes: string[]) => void
  onCancel?: () => void
  words: Words
}

/** Shows the new secret as a QR code and as text, and asks for the first code of it. */
export function Scan({ started, onCodes, onCancel, words }: Props) {
  const { t } = words
  const groups = started.secret.match(/.{1,4}/g)?.join(' ') ?? ''
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-4">
      <QrCode text={started.uri} label={t('second-factor.scan.image')} />
      <div className="min-w-0 flex-1 basis-72 space-y-3">
        <div role="status">
          <p className="font-semibold">{t('second-factor.scan.title')}</p>
          <p className="text-13 text-second">{t('second-factor.scan.apps')}</p>
        </div>
        <p className="text-13">
          {t('second-factor.scan.key')}
          <code className="mt-1 block font-mono wrap-anywhere select-all">{groups}</code>
        </p>
        <ProofForm
          ask={['code']}
          codeHint={t('second-factor.newCodeHint')}
          label={t('second-factor.scan.confirm')}
          submit={async ({ code }) => onCodes(await confirmSecondFactor(code))}
          onCancel={onCancel}
          words={words}
        />
      </div>
    </div>
  )
}
