import type { ReactNode } from 'react'
import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { Cell } from '@/components/report/cells'
import type { TotalReply } from '@/lib/contract/funnel'
import type { LossStage } from '@/lib/contract/records'
import type { LossHref } from './loss-href'

/** The top reason of each drop with its link, rendered by the server. */
export type TopReasons = Record<LossStage, ReactNode>

interface DropsProps {
  cell: Cell
  total: TotalReply
  lossHref: LossHref | null
  topReasons: TopReasons | undefined
  words: Words
}

/** Renders a drop in its parts: what was lost with its top reason, and what no vendor reports. Never one sum. */
export function Drops({ cell, total, lossHref, topReasons, words: { t } }: DropsProps) {
  if (cell.metric === 'sent') {
    return cell.lost > 0 ? (
      <>
        <Why href={lossHref?.('ready_to_send') ?? null}>{t('overview.drop.before', { n: exact(cell.lost) })}</Why>
        {topReasons?.ready_to_send && <span className="block">{topReasons.ready_to_send}</span>}
      </>
    ) : null
  }
  if (cell.metric !== 'delivered') return null
  const notReported = total.cover.notReported ?? 0
  return (
    <>
      {cell.lost > 0 && (
        <Why href={lossHref?.('post_send') ?? null}>{t('overview.drop.lost', { n: exact(cell.lost) })}</Why>
      )}
      {cell.lost > 0 && notReported > 0 && ' · '}
      {notReported > 0 && (
        <a href="#receipts" className="link">
          {t('overview.drop.notReported', { n: exact(notReported) })}
        </a>
      )}
      {cell.lost > 0 && topReasons?.post_send && <span className="block">{topReasons.post_send}</span>}
    </>
  )
}

/** Links a drop to its reasons, when there is a losses page. */
function Why({ href, children }: { href: string | null; children: string }) {
  return href ? (
    <a href={href} className="link">
      {children}
    </a>
  ) : (
    children
  )
}
