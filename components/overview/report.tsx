import { Activity, type ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { ReceiptChanges } from '@/components/report/receipt-changes'
import { Receipts } from '@/components/report/receipts/receipts'
import { ReportStates } from '@/components/report/report-states'
import { Notice } from '@/components/ui/notice'
import { isAwaited } from '@/lib/contract/awaited'
import type { ErrorCode } from '@/lib/contract/errors'
import type { FunnelReply } from '@/lib/contract/funnel'
import { type LossesLink, lossHrefOf } from './loss-href'
import { ReportFooter } from './report-footer'
import { TaskTotals } from './task-totals'
import { type TopReasons, Totals } from './totals'
import { type IntervalLink, Trend } from './trend'
import { VendorTable } from './vendor-table'

interface Props {
  reply: FunnelReply
  links: IntervalLink[]
  /** Where the losses are; null where there is no such page. */
  losses?: LossesLink | null
  topReasons?: TopReasons | undefined
  words: Words
  /** Why the page could not be refreshed. Upstream problems are part of the reply. */
  failure?: ErrorCode | null
  /** The button for administrators while the app's calls have stopped. */
  repair?: ReactNode
}

/** Renders the funnel report from a reply, equally on the server and in the browser. */
export function Report({ reply, losses = null, topReasons, links, words, failure = null, repair }: Props) {
  const { total, tasks } = reply
  return (
    <ReportStates
      reply={reply}
      held={total !== null || tasks.some((one) => one.total !== null)}
      failure={failure}
      repair={repair}
      words={words}
      footer={
        <>
          <Receipts vendors={reply.vendors} words={words} />
          <ReportFooter reply={reply} words={words} />
        </>
      }
    >
      {total !== null || isAwaited(reply.freshness) ? (
        <Numbers reply={reply} losses={losses} topReasons={topReasons} links={links} words={words} />
      ) : (
        <NoTotal reply={reply} words={words} />
      )}
      {tasks.length > 1 && <TaskTotals reply={reply} words={words} />}
    </ReportStates>
  )
}

type NumbersProps = Pick<Props, 'reply' | 'losses' | 'topReasons' | 'links' | 'words'>

/** Renders the numbers, or placeholders of the same size while they are on their way. */
function Numbers({ reply, losses = null, topReasons, links, words }: NumbersProps) {
  const { total, source, tasks } = reply
  const lossHref = lossHrefOf(losses)
  if (tasks.length > 1) return null
  return (
    <>
      <Totals
        total={total}
        comparison={reply.comparison}
        source={source}
        lossHref={lossHref}
        topReasons={topReasons}
        words={words}
      />
      {isEmpty(reply) ? (
        <Empty reply={reply} words={words} />
      ) : (
        <>
          {/* What is below the numbers hydrates after them, each on its own, so that a phone is not blocked. */}
          <Activity>
            {hasTrend(reply) && <Trend reply={reply} links={links} words={words} />}
            <ReceiptChanges reply={reply} words={words} />
          </Activity>
          <Activity>
            <VendorTable reply={reply} lossHref={lossHref} words={words} />
          </Activity>
        </>
      )}
    </>
  )
}

/** Campaigns have no series: they are counted over their lives. */
function hasTrend({ interval, tasks }: FunnelReply): boolean {
  return interval !== 'none' && tasks.length === 0
}

/** Says why nothing is on its way and there is still no total. Several campaigns never have one. */
function NoTotal({ reply, words: { t } }: { reply: FunnelReply; words: Words }) {
  if (reply.tasks.length > 1) return null
  const kind = reply.tasks.length === 1 ? 'absent' : 'unknown'
  return (
    <Notice kind="info" title={t(`overview.${kind}.title`)}>
      <p>{t(`overview.${kind}.detail`)}</p>
    </Notice>
  )
}

/** Tells whether nothing was sendable or sent: a real zero, which differs from missing data. */
function isEmpty({ total, vendors }: FunnelReply): boolean {
  return total !== null && vendors.length === 0 && !total.sendable && !total.sent && !total.clicked
}

function Empty({ reply, words: { t } }: { reply: FunnelReply; words: Words }) {
  const other = reply.source === 'task' ? 'chat' : 'task'
  return (
    <Notice kind="info" title={t('overview.empty.title')}>
      {reply.stillFilling && <p>{t('overview.empty.filling')}</p>}
      <p>{t('overview.empty.other', { source: t(`overview.source.${other}`) })}</p>
    </Notice>
  )
}
