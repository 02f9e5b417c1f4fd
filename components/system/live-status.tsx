'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { CheckAgain } from '@/components/frame/check-again'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { statusOptions } from '@/lib/browser/queries'
import { Apart, CollectingControls } from './collecting-controls'
import { Status } from './status'

interface Props {
  app: string
  locale: Locale
  messages: Partial<Messages>
}

/** Renders the page and refreshes it. The first render is the server's. */
export function LiveStatus({ app, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(statusOptions(app))
  const repair = <CheckAgain app={app} words={words} />
  if (!data) return null
  const parts = { reply: data, words }
  return (
    <Status
      {...parts}
      failure={errorCodeOf(error)}
      repair={repair}
      controls={<CollectingControls {...parts} />}
      apart={<Apart {...parts} />}
    />
  )
}
