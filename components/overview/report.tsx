import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'
import type { ErrorCode } from '@/lib/contract/errors'
import type { FunnelReply } from '@/lib/contract/funnel'
import { Foot } from './foot'
import { type Mostly, Numbers } from './numbers'
import { ReceiptChanges } from './receipt-changes'
import { Receipts } from './receipts'
import { ReportStates } from './report-states'
import { type IntervalLink, Trend } from './trend'
import { VendorTable } from './vendor-table'

interface Props {
  reply: FunnelReply
  links: IntervalLink[]
  /** Where each drop leads; null where there is no such page. */
  losses?: string | null
  mostly?: Mostly | undefined
  words: Words
  /** Why the page itself could not be refreshed; Tencent's own troubles ride in the reply. */
  failure?: ErrorCode | null
  /** What to press where the app's calls have stopped; for administrators. */
  mend?: ReactNode
}

/** The funnel report: a pure drawing of the reply, the same on the server and in the browser. */
export function Report({ reply, losses = null, mostly, links, words, failure = null, mend }: Props) {
  const { total, source } = reply
  return (
    <ReportStates
      reply={reply}
      held={total !== null}
      failure={failure}
      mend={mend}
      words={words}
      foot={
        <>
          <Receipts vendors={reply.vendors} words={words} />
          <Foot reply={reply} words={words} />
        </>
      }
    >
      <Numbers total={total} source={source} losses={losses} mostly={mostly} words={words} />
      {isEmpty(reply) ? (
        <Empty reply={reply} words={words} />
      ) : (
        <>
          {reply.interval !== 'none' && <Trend reply={reply} links={links} words={words} />}
          <ReceiptChanges reply={reply} words={words} />
          <VendorTable reply={reply} losses={losses} words={words} />
        </>
      )}
    </ReportStates>
  )
}

/** Nothing was sendable nor sent: a real zero, which is not the same as not knowing yet. */
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
