import type { ReactNode } from 'react'
import { minute, zoneLabel, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Devices } from '@/components/report/trace/devices'
import type { Replies } from '@/components/report/trace/replies'
import { ReplyToUser } from '@/components/report/trace/reply-to-user'
import { Verdict } from '@/components/report/trace/verdict'
import { copyLabels, traceTicketText } from '@/components/report/trace/verdict-ticket'
import { waitingText } from '@/components/report/waiting-text'
import { CopyText } from '@/components/ui/copy-text'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { Notice } from '@/components/ui/notice'
import { Problem } from '@/components/ui/problem'
import { isAwaited } from '@/lib/contract/awaited'
import type { ErrorCode } from '@/lib/contract/errors'
import type { TraceReply } from '@/lib/contract/traces'
import { isInconclusive, NextChecks } from './next-checks'
import { RawAnswer } from './raw-answer'
import { Views } from './views'

interface Props {
  reply: TraceReply
  /** The zone of the step times: an IANA name or the app's offset. */
  tz: string
  /** The viewer's zone; null when unknown. */
  viewerZone?: string | null
  /** What was looked up, as one line of a ticket. */
  about: string
  /** Replies to the end user; null for a stranger, who answers nobody. */
  replies: Replies | null
  /** The button that shares the answer as evidence. */
  share?: ReactNode
  words: Words
  failure?: ErrorCode | null
}

/** Renders the answer to a look-up: the verdict, then each device step by step, then the raw answer. */
export function Trace({ reply, tz, viewerZone = null, about, replies, share, words, failure = null }: Props) {
  const { t } = words
  const { verdict, devices, freshness } = reply
  const held = verdict !== null || devices.length > 0
  const final = freshness.state === 'final'
  // A shared look-up has no raw answer: it is full of identifiers.
  const isWithoutRaw = replies === null && reply.raw === null
  // The verdict already says why a push cannot be found any more.
  const isExplained = final && verdict !== null
  const broken = (freshness.problem !== null && !isExplained) || (failure !== null && !held)
  const waiting = isAwaited(freshness) && !broken
  return (
    <div className="space-y-4">
      {broken && (
        <Problem
          problem={freshness.problem}
          failure={failure}
          still={stillShown(reply, tz, words)}
          tz={tz}
          final={final}
          words={words}
        />
      )}
      <div className="flex min-h-5 flex-wrap items-center gap-x-3 text-13 text-second">
        {held && <p>{asOfText(reply, tz, words)}</p>}
        {failure && !broken ? (
          <NotRefreshed code={failure} words={words} />
        ) : (
          <p role="status" className="text-text">
            {waiting && (waitingText(freshness, words) ?? t('lookup.waiting'))}
          </p>
        )}
      </div>
      {!held && waiting && <Placeholder />}
      {!held && !waiting && !broken && (
        <Notice kind="info" title={t('lookup.nothing.title')}>
          <p>{t('lookup.nothing.detail')}</p>
        </Notice>
      )}
      {verdict && (
        <Verdict verdict={verdict} tz={tz} words={words}>
          <div className="no-print mt-4 flex flex-wrap items-start gap-2">
            <CopyText text={traceTicketText({ ...reply, verdict }, about, tz, words)} labels={copyLabels(words)} />
            {replies && <ReplyToUser verdict={verdict} replies={replies} words={words} />}
            {share}
          </div>
        </Verdict>
      )}
      {held && isWithoutRaw && <Story reply={reply} tz={tz} viewerZone={viewerZone} words={words} />}
      {held && !isWithoutRaw && (
        <Views
          story={<Story reply={reply} tz={tz} viewerZone={viewerZone} words={words} />}
          raw={<RawAnswer reply={reply} words={words} />}
          words={words}
        />
      )}
    </div>
  )
}

function Story({ reply, tz, viewerZone, words }: Pick<Required<Props>, 'reply' | 'tz' | 'viewerZone' | 'words'>) {
  const { verdict, devices, receivedAt } = reply
  return (
    <div className="space-y-4">
      {verdict && isInconclusive(verdict.key) && <NextChecks receivedAt={receivedAt} tz={tz} words={words} />}
      {devices.length > 0 && <Devices devices={devices} tz={tz} viewerZone={viewerZone} words={words} />}
    </div>
  )
}

function stillShown({ asOf }: TraceReply, tz: string, { t, locale }: Words): string {
  return asOf ? t('lookup.held', { time: minute(asOf, tz, locale), zone: zoneLabel(asOf, tz) }) : t('lookup.notHeld')
}

function Placeholder() {
  return (
    <>
      <div className="card space-y-3 p-6">
        <span className="waiting block h-6 w-2/3" />
        <span className="waiting block h-3 w-2/5" />
      </div>
      <div className="card max-w-105 space-y-5 p-5">
        {[0, 1, 2, 3, 4].map((n) => (
          <span key={n} className="waiting block h-5 w-full" />
        ))}
      </div>
    </>
  )
}

/** Returns the line above the answer: as of when, from where, and what is missing. */
function asOfText({ asOf, origin, unreadable }: TraceReply, tz: string, { t, locale }: Words): string {
  return [
    asOf && t('lookup.asOf', { time: minute(asOf, tz, locale), zone: zoneName(asOf, tz) }),
    origin && t(`lookup.origin.${origin}`),
    unreadable > 0 && t('lookup.unreadable', { n: unreadable }),
  ]
    .filter(Boolean)
    .join(' · ')
}
