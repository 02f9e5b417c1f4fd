'use client'
import type { SharedPageProps } from '@/components/report/share/shared-props'
import { Trace } from './trace'

/** Renders a frozen look-up, as evidence for a ticket. */
export function SharedLookup({ view: { trace }, tz, words }: SharedPageProps<'lookup'>) {
  const { t } = words
  return (
    <>
      <h2 className="mb-3 text-16 font-semibold">{t('shared.lookup')}</h2>
      <Trace reply={trace} tz={tz} about={t('shared.lookup')} replies={null} words={words} />
    </>
  )
}
