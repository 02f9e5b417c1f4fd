import { Activity, type ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { ReceiptChanges } from '@/components/report/receipt-changes'
import { Receipts } from '@/components/report/receipts/receipts'
import { ReportStates } from '@/components/report/report-states'
import { Notice } from '@/components/ui/notice'
import { isAwaited } from '@/lib/contract/awaited'
import type { ChangeReply } from '@/lib/contract/changes/changes'
import type { VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { ErrorCode } from '@/lib/contract/errors'
import type { FunnelReply } from '@/lib/contract/funnel'
import { type LossesLink, lossHrefOf } from './loss-href'
import { ReportFooter } from './report-footer'
import { TaskTotals } from './task-totals'
import type { TopReasons } from './total-drops'
import { Totals } from './totals'
import { type SortLink, VendorTable } from './vendor-table'

interface Props {
  reply: FunnelReply
  /** The chart, where there is a series. */
  trend?: ReactNode
  /** The order of the vendors, and the links to the other orders. */
  sort?: VendorSort
  sortLinks?: SortLink[]
  /** Where the losses are; null where there is no such page. */
  losses?: LossesLink | null
  topReasons?: TopReasons | undefined
  /** The card of what changed, below the numbers. */
  changes?: ReactNode
  /** What this card says, so that nothing is said twice. */
  told?: readonly ChangeReply[] | undefined
  words: Words
  /** The button that saves the vendor table as a picture. */
  picture?: ReactNode
  /** Why the page could not be refreshed. Upstream problems are part of the reply. */
  failure?: ErrorCode | null
  /** The button for administrators while the app's calls have stopped. */
  repair?: ReactNode
}

/** Renders the funnel report from a reply, equally on the server and in the browser. */
export function Report({ failure = null, repair, ...shown }: Props) {
  const { reply, words } = shown
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
      {total !== null || isAwaited(reply.freshness) ? <Numbers {...shown} /> : <NoTotal reply={reply} words={words} />}
      {tasks.length > 1 && <TaskTotals reply={reply} words={words} />}
    </ReportStates>
  )
}

type NumbersProps = Omit<Props, 'failure' | 'repair'>

/** Renders the numbers, or placeholders of the same size while they are on their way. */
function Numbers(props: NumbersProps) {
  const { reply, losses = null, topReasons, changes, told, words } = props
  const { trend, picture, sort = 'volume', sortLinks = [] } = props
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
      {changes}
      {isEmpty(reply) ? (
        <Empty reply={reply} words={words} />
      ) : (
        <div className="flex flex-col gap-2.5">
          {/* What is below the numbers hydrates after them, each on its own, so that a phone is not blocked. */}
          <Activity>
            <VendorTable {...{ reply, sort, sortLinks, lossHref, picture, words }} />
          </Activity>
          {/* On a phone the vendors are many cards, so the trend comes before them. */}
          <div className="space-y-4 max-[1199px]:order-first">
            <Activity>
              {hasTrend(reply) && trend}
              <ReceiptChanges reply={reply} told={told} words={words} />
            </Activity>
          </div>
        </div>
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
