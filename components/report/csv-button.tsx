'use client'
import type { Words } from '@/components/i18n/words'
import { downloadCsv } from '@/lib/browser/download'
import { DownloadButton } from './download-button'

interface Props {
  app: string
  report: 'losses' | 'tasks' | 'tasks/compare'
  params: string
  label: string
  title: string
  words: Words
}

/** Downloads what the page shows as a CSV file. */
export function CsvButton({ app, report, params, ...shown }: Props) {
  return <DownloadButton download={() => downloadCsv(app, report, params)} {...shown} />
}
