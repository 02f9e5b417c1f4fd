'use client'
import { useState } from 'react'
import type { SharedPageProps } from '@/components/report/share/shared-props'
import { Choice } from '@/components/ui/choice'
import { DEFAULT_GROUPING, GROUPINGS, type Grouping } from '@/lib/contract/links'
import { LossReport } from './report'

/** Renders the losses of a link. Its reasons open in place; there are no pages of codes or vendors to go to. */
export function SharedLosses({ view: { losses }, query, words }: SharedPageProps<'losses'>) {
  const { t } = words
  const [grouping, setGrouping] = useState<Grouping>(DEFAULT_GROUPING)
  return (
    <>
      <ul aria-label={t('losses.group.label')} className="choices no-print mb-3">
        {GROUPINGS.map((name) => (
          <li key={name}>
            <Choice to={() => setGrouping(name)} current={name === grouping}>
              {t(`losses.group.${name}`)}
            </Choice>
          </li>
        ))}
      </ul>
      <LossReport
        reply={losses}
        app={null}
        view={{ source: losses.source, vendor: query.vendor }}
        unlinked
        grouping={grouping}
        words={words}
      />
    </>
  )
}
