'use client'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { CheckAgain } from './check-again'

interface Props {
  app: string
  locale: Locale
  messages: Partial<Messages>
}

/** The same, on a page that is drawn by the server. */
export function CheckAgainIsland({ app, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  return <CheckAgain app={app} words={words} />
}
