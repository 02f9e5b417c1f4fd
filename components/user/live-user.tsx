'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { useViewerZone } from '@/components/i18n/viewer-zone'
import { createWords, type Messages } from '@/components/i18n/words'
import type { Replies } from '@/components/report/trace/replies'
import { errorCodeOf } from '@/lib/browser/api'
import { userOptions } from '@/lib/browser/queries'
import type { AppReply } from '@/lib/contract/apps'
import { User } from './user'

interface Props {
  app: Pick<AppReply, 'id' | 'name' | 'sdkAppId' | 'utcOffset'>
  userRef: string
  since: string | undefined
  replies: Replies
  locale: Locale
  messages: Partial<Messages>
}

/** Renders the answer and refreshes it while the newest campaigns are looked up one by one. */
export function LiveUser({ app, userRef, since, replies, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(userOptions(app.id, { ref: userRef, since }))
  const viewerZone = useViewerZone()
  return data ? (
    <User reply={data} app={app} viewerZone={viewerZone} replies={replies} words={words} failure={errorCodeOf(error)} />
  ) : null
}
