'use client'
import { useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { errorCodeOf } from '@/lib/browser/api'
import { downloadCsv } from '@/lib/browser/download'
import type { ErrorCode } from '@/lib/contract/errors'

interface Props {
  app: string
  report: 'losses' | 'tasks'
  params: string
  label: string
  title: string
  words: Words
}

/** Downloads what the page shows as a CSV file. */
export function CsvButton({ app, report, params, label, title, words }: Props) {
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const download = () =>
    downloadCsv(app, report, params).then(
      () => setFailure(null),
      (error) => setFailure(errorCodeOf(error)),
    )
  return (
    <span className="needs-script no-print flex items-center gap-3 text-13">
      {failure && <NotRefreshed code={failure} words={words} />}
      <button type="button" className="button" title={title} onClick={download}>
        {label}
      </button>
    </span>
  )
}
