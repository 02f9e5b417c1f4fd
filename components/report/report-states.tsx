import type { ReactNode } from 'react'
import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Problem } from '@/components/ui/problem'
import type { ErrorCode } from '@/lib/contract/errors'
import type { Freshness } from '@/lib/contract/freshness'
import type { RangeReply } from '@/lib/contract/ranges'
import { AsOfLine } from './as-of-line'

interface Props {
  reply: { asOf: string | null; range: RangeReply; freshness: Freshness }
  /** Whether any number is stored. A failed report without numbers shows its footer alone. */
  held: boolean
  /** Why the page could not be refreshed. Upstream problems are part of the reply. */
  failure: ErrorCode | null
  /** The button for administrators while the app's calls have stopped. */
  repair?: ReactNode
  /** What stands at the end of the as-of line. */
  aside?: ReactNode
  words: Words
  children: ReactNode
  footer: ReactNode
}

export function isBroken({ reply, held, failure }: Pick<Props, 'reply' | 'held' | 'failure'>): boolean {
  return reply.freshness.problem !== null || (failure !== null && !held)
}

/** Renders what surrounds the numbers of every report: the problem, the as-of line, and the footer. */
export function ReportStates({ reply, held, failure, repair, aside, words, children, footer }: Props) {
  const { freshness, range } = reply
  const broken = isBroken({ reply, held, failure })
  const asOfLine = <AsOfLine reply={reply} failure={broken ? null : failure} words={words} />
  return (
    <div className="space-y-2.5">
      {broken && (
        <Problem
          problem={freshness.problem}
          failure={failure}
          still={stillShown(reply, words)}
          tz={range.tz}
          repair={repair}
          final={freshness.state === 'final'}
          words={words}
        />
      )}
      {(held || !broken) && (
        <>
          {aside ? (
            <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-6 gap-y-2">
              {asOfLine}
              {aside}
            </div>
          ) : (
            asOfLine
          )}
          {children}
        </>
      )}
      {footer}
    </div>
  )
}

function stillShown({ asOf, range }: Props['reply'], { t, locale }: Words): string {
  if (!asOf) return t('overview.problem.nothing')
  return t('overview.problem.shown', { time: minute(asOf, range.tz, locale), zone: zoneLabel(asOf, range.tz) })
}
