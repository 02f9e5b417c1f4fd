import { Activity, type ReactNode } from 'react'
import { distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { isBroken, ReportStates } from '@/components/report/report-states'
import { isAwaited } from '@/lib/contract/awaited'
import type { ErrorCode } from '@/lib/contract/errors'
import { codeHref, type Grouping, type LossesView, lossesHref } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'
import { comparisonProblem } from './compared'
import { lossFacts } from './loss-facts'
import { ReceiptsChecklist } from './receipts-checklist'
import { StageSection } from './stage-section'
import { TasksCover } from './tasks-cover'

interface ReportPart {
  reply: LossesReply
  words: Words
}

interface Props {
  reply: LossesReply
  /** The view of this page, from which its links are made. */
  app: string | null
  view: LossesView
  /** Leaves out the links to other pages of the app, as in a shared view. */
  unlinked?: boolean
  grouping: Grouping
  words: Words
  /** The search for a code, below the losses. */
  find?: ReactNode
  /** The app, for viewers who may mark its reasons as known; else null. */
  editable?: string | null
  failure?: ErrorCode | null
}

/** Renders the losses from a reply, equally on the server and in the browser. */
export function LossReport({ reply, app, view, grouping, words, unlinked = false, ...more }: Props) {
  const { find, editable = null, failure = null } = more
  const held = reply.asOf !== null
  const problem = comparisonProblem(reply, view, words)
  const waiting = isAwaited(reply.freshness) && !isBroken({ reply, held, failure })
  return (
    <ReportStates
      reply={reply}
      held={held}
      failure={failure}
      aside={problem && <p className="text-12 text-second">{problem}</p>}
      words={words}
      footer={
        <>
          <ReceiptsChecklist
            vendors={reply.stages.flatMap(({ stage, vendors }) => (stage === 'post_send' ? vendors : []))}
            words={words}
          />
          {find}
          <Foot reply={reply} words={words} />
        </>
      }
    >
      <Covered reply={reply} words={words} />
      <TasksCover reply={reply} words={words} />
      {reply.stages.map((stage) => (
        <Activity key={stage.stage}>
          <StageSection
            stage={stage}
            reply={reply}
            grouping={grouping}
            vendor={view.vendor}
            waiting={waiting}
            editable={editable}
            codeHref={(code) => (unlinked ? null : codeHref(app, view, code))}
            vendorHref={(vendor) => (unlinked ? null : lossesHref(app, { ...view, vendor }, grouping))}
            words={words}
          />
        </Activity>
      ))}
    </ReportStates>
  )
}

/** Says how much of the range is collected and what is outstanding, when some of it is missing. */
function Covered({ reply: { range, window, coverage, asOf, basis }, words: { t, locale } }: ReportPart) {
  if (basis === 'exact' || asOf === null || coverage.held === coverage.expected) return null
  const time = (at: string) => distinctMinute(at, range.tz, locale)
  const soon = coverage.missing.filter(({ state }) => state !== 'expired')
  const hours = soon.reduce((sum, { from, to }) => sum + (Date.parse(to) - Date.parse(from)) / 3_600_000, 0)
  return (
    <p className="rounded-10 border border-warn bg-warn-soft px-3 py-2 text-13">
      {t('losses.covered', {
        held: coverage.held,
        expected: coverage.expected,
        from: time(window.from),
        to: time(window.to),
      })}
      {hours >= 1 && ` ${t('losses.coveredSoon', { n: Math.round(hours) })}`}
    </p>
  )
}

function Foot({ reply, words }: ReportPart) {
  return (
    <footer className="px-1 text-12 text-second">
      <ul className="flex flex-wrap gap-y-1">
        {lossFacts(reply, words).map((fact) => (
          <li key={fact} className="not-last:after:px-2 not-last:after:content-['·']">
            {fact}
          </li>
        ))}
      </ul>
    </footer>
  )
}
