import { useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import type { ErrorCode } from '@/lib/contract/errors'

interface Props {
  sha256: string
  copy(): Promise<Blob>
  words: Words
}

/** Shows the hash of a frozen link and hands out the file that it is of, so that anybody can compare them. */
export function FrozenCopy({ sha256, copy, words: { t } }: Props) {
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const download = async () => {
    setFailure(null)
    try {
      save(await copy(), `pushlens-${sha256.slice(0, 12)}.json`)
    } catch (error) {
      setFailure(errorCodeOf(error))
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-13">
      <p className="min-w-0" title={t('shared.downloadMeaning')}>
        <span className="text-second">{t('shared.hash')}</span>{' '}
        <code className="font-mono text-12 break-all select-all">{sha256}</code>
      </p>
      <p className="no-print flex gap-2">
        <button type="button" className="button max-sm:min-h-11" onClick={download}>
          {t('shared.download')}
        </button>
        <button type="button" className="button max-sm:min-h-11" onClick={() => print()}>
          {t('shared.print')}
        </button>
      </p>
      <p role="alert" className="text-bad empty:hidden">
        {failure && t(`errors.${failure}.title`)}
      </p>
    </div>
  )
}

function save(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob)
  Object.assign(document.createElement('a'), { href, download: name }).click()
  URL.revokeObjectURL(href)
}
