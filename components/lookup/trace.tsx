import { minute, zoneLabel, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { waitingText } from '@/components/overview/standing'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { Notice } from '@/components/ui/notice'
import { Problem } from '@/components/ui/problem'
import type { ErrorCode } from '@/lib/contract/errors'
import type { TraceReply } from '@/lib/contract/traces'
import { DeviceCard } from './device-card'
import { firstDifference, stepsOf } from './steps'
import { Verdict } from './verdict'

interface Props {
  reply: TraceReply
  /** The clock the steps are read at: an IANA name or the app's offset. */
  tz: string
  words: Words
  failure?: ErrorCode | null
}

/** A look-up's answer: first the sentence, then every device step by step, then the raw answer. */
export function Trace({ reply, tz, words, failure = null }: Props) {
  const { t } = words
  const { verdict, devices, freshness } = reply
  const held = verdict !== null || devices.length > 0
  const broken = freshness.problem !== null || (failure !== null && !held)
  const waiting = freshness.state !== 'fresh' && !broken
  const steps = devices.map(stepsOf)
  const differs = firstDifference(steps)
  return (
    <div className="space-y-4">
      {broken && (
        <Problem
          problem={freshness.problem}
          failure={failure}
          still={stillShown(reply, tz, words)}
          tz={tz}
          words={words}
        />
      )}
      <div className="flex min-h-5 flex-wrap items-center gap-x-3 text-13 text-second">
        {held && <p>{standing(reply, tz, words)}</p>}
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
      {verdict && <Verdict verdict={verdict} words={words} />}
      {devices.length > 0 && (
        <section aria-label={t('lookup.devices')}>
          <ul className="devices">
            {devices.map((device, i) => (
              <DeviceCard
                key={device.instance || i}
                device={device}
                steps={steps[i] ?? []}
                differs={differs}
                alone={devices.length === 1}
                tz={tz}
                words={words}
              />
            ))}
          </ul>
          <p className="px-1 text-13 text-second">{t('lookup.lastDevice')}</p>
        </section>
      )}
      {held && <Raw reply={reply} words={words} />}
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

function Raw({ reply, words: { t } }: { reply: TraceReply; words: Words }) {
  return (
    <details className="card px-5 py-3">
      <summary className="min-h-6 font-semibold">
        <span className="link">{t('lookup.raw')}</span>
      </summary>
      <p className="mt-2 text-second">{t('lookup.rawMeaning')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre tabIndex={0} className="mt-3 max-h-120 overflow-auto rounded-6 bg-sunk p-4 font-mono text-12">
        {JSON.stringify(reply.raw, null, 2)}
      </pre>
    </details>
  )
}

/** As of when, from where, and what is missing: one line over the answer. */
function standing({ asOf, origin, unreadable }: TraceReply, tz: string, { t, locale }: Words): string {
  return [
    asOf && t('lookup.asOf', { time: minute(asOf, tz, locale), zone: zoneName(asOf, tz) }),
    origin && t(`lookup.origin.${origin}`),
    unreadable > 0 && t('lookup.unreadable', { n: unreadable }),
  ]
    .filter(Boolean)
    .join(' · ')
}
