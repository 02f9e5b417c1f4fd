'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { exact } from '@/components/i18n/number'
import { createWords, type PageMessages, type Words } from '@/components/i18n/words'
import { statusOptions } from '@/lib/browser/queries'
import type { StatusReply } from '@/lib/contract/apps'

interface Props {
  app: string
  locale: Locale
  messages: PageMessages
}

/** Shows the progress of the first fill, and refreshes it every few seconds. */
export function FirstFill({ app, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data } = useQuery(statusOptions(app))
  return data ? <FillProgress status={data} words={words} /> : null
}

/** The share of hours that are stored, over both sources and both metrics. */
export function FillProgress({ status, words }: { status: StatusReply; words: Words }) {
  const { t } = words
  const sum = (field: 'held' | 'expected' | 'lost') => status.archive.reduce((total, row) => total + row[field], 0)
  const [held, expected] = [sum('held'), sum('expected') - sum('lost')]
  return (
    <div className="space-y-1.5">
      <p className="flex flex-wrap justify-between gap-x-4 text-13">
        <span className="font-medium">{t('apps.fill.progress')}</span>
        <span className="text-second">{t('apps.fill.stored', { held: exact(held), expected: exact(expected) })}</span>
      </p>
      <progress
        className="fill-progress"
        value={held}
        max={Math.max(expected, 1)}
        aria-label={t('apps.fill.progress')}
      />
      <p role="status" className="text-13 text-second">
        {stateText(status, held, words)}
      </p>
    </div>
  )
}

function stateText({ collecting, credential, archive }: StatusReply, held: number, { t }: Words): string {
  if (credential) return `${t('apps.fill.stopped')}: ${t(`errors.${credential.code}.title`)}`
  if (collecting.state === 'off') return t('apps.fill.off')
  const minutes = Math.ceil(Math.max(...archive.map(({ etaMs }) => etaMs)) / 60_000)
  if (minutes === 0) return t('apps.fill.done')
  return held === 0 ? t('apps.fill.begins') : t('apps.fill.left', { n: minutes })
}
