import type { ReactNode } from 'react'
import { minute, zoneLabel, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Standing } from '@/components/overview/standing'
import { Problem } from '@/components/ui/problem'
import { codeHref, type Grouping, type LossesView, lossesHref } from '@/lib/browser/url'
import type { ErrorCode } from '@/lib/contract/errors'
import type { LossesReply } from '@/lib/contract/losses'
import { ReceiptsToTurnOn } from './receipts'
import { StageSection } from './stage-section'

interface Props {
  reply: LossesReply
  /** The address of what is shown, from which every other view is written. */
  app: string | null
  view: LossesView
  grouping: Grouping
  words: Words
  /** The way to take the numbers along. */
  csv?: ReactNode
  failure?: ErrorCode | null
}

/** The losses: a pure drawing of the reply, the same on the server and in the browser. */
export function LossReport({ reply, app, view, grouping, words, csv, failure = null }: Props) {
  const { freshness, range } = reply
  const held = reply.asOf !== null
  const broken = freshness.problem !== null || (failure !== null && !held)
  return (
    <div className="space-y-4">
      {broken && (
        <Problem
          problem={freshness.problem}
          failure={failure}
          still={stillShown(reply, words)}
          tz={range.tz}
          words={words}
        />
      )}
      {(held || !broken) && (
        <>
          <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-6 gap-y-2">
            <Standing reply={reply} failure={broken ? null : failure} words={words} />
            {csv}
          </div>
          <Covered reply={reply} words={words} />
          {reply.stages.map((stage) => (
            <StageSection
              key={stage.stage}
              stage={stage}
              reply={reply}
              grouping={grouping}
              waiting={freshness.state !== 'fresh' && !broken}
              codeHref={(code) => codeHref(app, view, code)}
              vendorHref={(vendor) => lossesHref(app, { ...view, vendor }, grouping)}
              words={words}
            />
          ))}
        </>
      )}
      <ReceiptsToTurnOn
        vendors={reply.stages.flatMap(({ stage, vendors }) => (stage === 'post_send' ? vendors : []))}
        words={words}
      />
      <Foot reply={reply} words={words} />
    </div>
  )
}

function stillShown({ asOf, range }: LossesReply, { t, locale }: Words): string {
  if (!asOf) return t('overview.problem.nothing')
  return t('overview.problem.shown', { time: minute(asOf, range.tz, locale), zone: zoneLabel(asOf, range.tz) })
}

/** Where Tencent has forgotten a part of the range: which part is left. */
function Covered({ reply: { range, window }, words: { t, locale } }: { reply: LossesReply; words: Words }) {
  if (window.from === range.from && window.to === range.to) return null
  const of = (at: string) => minute(at, range.tz, locale)
  return <p className="covered">{t('losses.covered', { from: of(window.from), to: of(window.to) })}</p>
}

function Foot({ reply, words }: { reply: LossesReply; words: Words }) {
  const { t, locale } = words
  const { window, range, coverage, asOf } = reply
  const facts = [
    asOf && t('overview.foot.asOf', { time: minute(asOf, range.tz, locale), zone: zoneLabel(asOf, range.tz) }),
    t('overview.foot.range', { from: minute(window.from, range.tz, locale), to: minute(window.to, range.tz, locale) }),
    zoneName(window.from, range.tz),
    t('overview.foot.coverage', { held: coverage.held, expected: coverage.expected }),
    t(`overview.unit.${reply.source}`),
    reply.unreadable > 0 && t('overview.foot.unreadable', { n: reply.unreadable }),
  ].filter((fact) => typeof fact === 'string')
  return (
    <footer className="px-1 text-12 text-second">
      <ul className="flex flex-wrap gap-y-1">
        {facts.map((fact) => (
          <li key={fact} className="not-last:after:px-2 not-last:after:content-['·']">
            {fact}
          </li>
        ))}
      </ul>
    </footer>
  )
}
