'use client'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { DownloadButton } from '@/components/report/download-button'
import { save } from '@/lib/browser/download'

interface Props {
  /** The address of the list. */
  href: string
  /** The name of the file. */
  name: string
  label: string
  title: string
  locale: Locale
  messages: Partial<Messages>
}

/** Saves a list as a CSV file. */
export function ExportButton({ href, name, label, title, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const download = () => save(href, { headers: { accept: 'text/csv' } }, name)
  return <DownloadButton download={download} label={label} title={title} words={words} />
}
