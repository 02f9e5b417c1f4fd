'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { codeOf } from '@/lib/browser/api'
import { type TraceKey, traceOptions } from '@/lib/browser/queries'
import { Trace } from './trace'

interface Props {
  app: string
  trace: TraceKey
  tz: string
  locale: Locale
  messages: Partial<Messages>
}

/** The answer kept fresh while Tencent is still being asked. */
export function LiveTrace({ app, trace, tz, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(traceOptions(app, trace))
  return data ? <Trace reply={data} tz={tz} words={words} failure={codeOf(error)} /> : null
}
