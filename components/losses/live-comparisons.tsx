'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { Comparisons } from '@/components/report/comparisons'
import { lossesOptions } from '@/lib/browser/queries'
import { type Grouping, type LossesView, lossesHref, lossesParams } from '@/lib/contract/links'
import { comparisonProblem } from './compared'

interface Props {
  app: string
  appParam: string | null
  view: LossesView
  grouping: Grouping
  locale: Locale
  messages: Partial<Messages>
}

/** Renders the choice of a comparison. It follows the reply, which says whether the comparison could be made. */
export function LiveComparisons({ app, appParam, view, grouping, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data } = useQuery(lossesOptions(app, lossesParams(view)))
  if (!data) return null
  return (
    <Comparisons
      range={data.range}
      current={view.compare}
      problem={comparisonProblem(data, view, words)}
      hrefOf={(compare) => lossesHref(appParam, { ...view, compare }, grouping)}
      words={words}
    />
  )
}
