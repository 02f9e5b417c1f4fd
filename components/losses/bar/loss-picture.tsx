'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type PageMessages } from '@/components/i18n/words'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import { PictureItem } from '@/components/report/picture/sheet-item'
import { lossesOptions } from '@/lib/browser/queries'
import type { Grouping } from '@/lib/contract/links'

interface Props {
  app: string
  params: string
  grouping: Grouping
  code: string | undefined
  subject: PictureSubject
  locale: Locale
  messages: PageMessages
  labels: { save: string; failed: string }
}

/** Saves the table of losses as the page shows it now. What draws it is loaded with the press. */
export function LossPicture({ app, params, grouping, code, subject, locale, messages, labels }: Props) {
  const cache = useQueryClient()
  const draw = async () => {
    const reply = cache.getQueryData(lossesOptions(app, params).queryKey)
    if (!reply) throw new Error('the page has no numbers yet')
    const { lossSheet } = await import('./loss-sheet')
    const { saveSheet } = await import('@/components/report/picture/save-sheet')
    const sheet = lossSheet({ reply, grouping, code, subject, words: createWords(locale, messages) })
    await saveSheet(sheet, `losses-${subject.sdkAppId}.png`)
  }
  return <PictureItem draw={draw} labels={labels} />
}
