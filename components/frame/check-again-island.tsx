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

/** Renders `CheckAgain` on a page that the server renders. */
export function CheckAgainIsland({ app, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  return <CheckAgain app={app} words={words} />
}
