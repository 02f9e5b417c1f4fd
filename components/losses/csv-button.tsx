'use client'
import { useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { codeOf } from '@/lib/browser/api'
import { downloadCsv } from '@/lib/browser/download'
import type { ErrorCode } from '@/lib/contract/errors'

/** What is shown, as a table to keep. */
export function CsvButton({ app, params, words }: { app: string; params: string; words: Words }) {
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const download = () =>
    downloadCsv(app, 'losses', params).then(
      () => setFailure(null),
      (error) => setFailure(codeOf(error)),
    )
  return (
    <span className="needs-script no-print flex items-center gap-3 text-13">
      {failure && <NotRefreshed code={failure} words={words} />}
      <button type="button" className="button" title={words.t('losses.csvMeaning')} onClick={download}>
        {words.t('losses.csv')}
      </button>
    </span>
  )
}
