'use client'
import { useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { errorCodeOf } from '@/lib/browser/api'
import type { ErrorCode } from '@/lib/contract/errors'

interface Props {
  download(): Promise<void>
  label: string
  title: string
  words: Words
}

/** Downloads a file, and says beside the button why that failed. */
export function DownloadButton({ download, label, title, words }: Props) {
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const start = () =>
    download().then(
      () => setFailure(null),
      (error) => setFailure(errorCodeOf(error)),
    )
  return (
    <span className="needs-script no-print flex items-center gap-3 text-13">
      {failure && <NotRefreshed code={failure} words={words} />}
      <button type="button" className="button" title={title} onClick={start}>
        {label}
      </button>
    </span>
  )
}
