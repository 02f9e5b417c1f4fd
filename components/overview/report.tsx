import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { ReceiptChanges } from '@/components/report/receipt-changes'
import { ReportStates } from '@/components/report/report-states'
import { Notice } from '@/components/ui/notice'
import type { ErrorCode } from '@/lib/contract/errors'
import type { FunnelReply } from '@/lib/contract/funnel'
import { type LossesLink, lossHrefOf } from './loss-href'
import { Receipts } from './receipts'
import { ReportFooter } from './report-footer'
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
  const { total, source } = reply
  const lossHref = lossHrefOf(losses)
  return (
    <ReportStates
      reply={reply}
      held={total !== null}
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
      <Totals total={total} source={source} lossHref={lossHref} topReasons={topReasons} words={words} />
      {isEmpty(reply) ? (
        <Empty reply={reply} words={words} />
      ) : (
        <>
          {reply.interval !== 'none' && <Trend reply={reply} links={links} words={words} />}
          <ReceiptChanges reply={reply} words={words} />
          <VendorTable reply={reply} lossHref={lossHref} words={words} />
        </>
      )}
    </ReportStates>
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
