'use client'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { CsvButton } from '@/components/report/csv-button'

interface Props {
  app: string
  report?: 'tasks' | 'tasks/compare'
  params: string
  label: string
  title: string
  locale: Locale
  messages: Partial<Messages>
}

/** Downloads all campaigns that match, or a comparison, on a page that the server renders. */
export function ExportButton({ report = 'tasks', locale, messages, ...rest }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  return <CsvButton report={report} words={words} {...rest} />
}
