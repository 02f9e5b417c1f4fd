'use client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { lossesOptions } from '@/lib/browser/queries'
import type { CandidateReply } from '@/lib/contract/losses'
import { CodeReport } from './code-report'

interface Props {
  app: string
  params: string
  code: string
  entries: CandidateReply[]
  mayEdit: boolean
  /** The search for another code, below. */
  find: ReactNode
  locale: Locale
  messages: Partial<Messages>
}

/** Renders the page of one code and refreshes it from the same reply as all losses. */
export function LiveCode({ app, params, code, entries, mayEdit, find, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(lossesOptions(app, params))
  return data ? (
    <CodeReport
      code={code}
      entries={entries}
      reply={data}
      editable={mayEdit ? app : null}
      find={find}
      words={words}
      failure={errorCodeOf(error)}
    />
  ) : null
}
