import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'
import type { StatusReply } from '@/lib/contract/apps'

/** Lists what was measured about the upstream, one sentence each. */
export function Probes({ reply, words: { t, locale } }: { reply: StatusReply; words: Words }) {
  const { at, parts, hours, sums, end, grain, counted, lag } = reply.probes
  const lines = [
    ['parts', parts && t(`system.probes.parts.${parts}`)],
    ['hours', hours && t(`system.probes.hours.${hours}`)],
    ['sums', sums && t(`system.probes.sums.${sums}`)],
    ['end', end && t(`system.probes.end.${end}`)],
    ['grain', grain && t(`system.probes.grain.${grain}`)],
    ['counted', counted && t(`system.probes.counted.${counted}`)],
    ['lag', lag && t(`system.probes.lag.${lag}`)],
  ] as const
  return (
    <section className="card px-5 py-4 max-sm:px-4" aria-labelledby="probes">
      <h2 id="probes" className="text-16 font-semibold">
        {t('system.probes.title')}
      </h2>
      <p className="text-13 text-second">
        {t('system.probes.lead')} {at && t('system.probes.at', { time: minute(at, reply.app.utcOffset, locale) })}
      </p>
      <dl className="mt-3 grid gap-x-6 gap-y-1 text-13 sm:grid-cols-[16rem_1fr]">
        {lines.map(([key, found]) => (
          <div key={key} className="sm:col-span-2 sm:grid sm:grid-cols-subgrid">
            <dt className="font-medium">{t(`system.probes.${key}.label`)}</dt>
            <dd className={found ? undefined : 'text-second'}>{found ?? t('system.probes.unknown')}</dd>
          </div>
        ))}
      </dl>
      {!reply.hourly && <p className="mt-3">{t('system.probes.byDay')}</p>}
    </section>
  )
}

/** Suggests another UTC offset when look-ups contradict the configured one. */
export function OtherOffset({ reply, words: { t } }: { reply: StatusReply; words: Words }) {
  const { offset } = reply.probes
  if (offset === null) return null
  return (
    <Notice kind="warn" title={t('system.probes.offset.title', { offset })}>
      <p>{t('system.probes.offset.detail', { offset, set: reply.app.utcOffset })}</p>
    </Notice>
  )
}
