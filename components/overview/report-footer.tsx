import type { ReactNode } from 'react'
import { distinctMinute, minute, zoneLabel, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { MEASURES } from '@/components/report/cells'
import { notComparedText } from '@/components/report/not-compared'
import type { FunnelReply } from '@/lib/contract/funnel'

/** Shows what the numbers rest on: time of the data, exact window, zone, and what is missing. */
export function ReportFooter({ reply, words }: { reply: FunnelReply; words: Words }) {
  const { t, locale } = words
  const { range, coverage, asOf } = reply
  const { tz } = range
  const expired = coverage.missing.filter(({ state }) => state === 'expired').length
  const facts: [string, ReactNode, string?][] = [
    [
      'range',
      t('overview.foot.range', {
        from: distinctMinute(range.from, tz, locale),
        to: distinctMinute(range.to, tz, locale),
      }),
    ],
    ['zone', zoneName(range.from, tz)],
    ['coverage', t('overview.foot.coverage', { held: coverage.held, expected: coverage.expected })],
  ]
  // Without a number there is nothing that could be exact.
  if (asOf) facts.splice(2, 0, ['basis', t(`overview.foot.${reply.totalBasis}`, { n: coverage.held })])
  const { comparison } = reply
  if (comparison) {
    const span = { from: distinctMinute(comparison.from, tz, locale), to: distinctMinute(comparison.to, tz, locale) }
    const text = comparison.held ? t('overview.compare.held', span) : notComparedText(comparison, tz, words)
    facts.push(['comparison', text])
  }
  if (asOf)
    facts.unshift(['asOf', t('overview.foot.asOf', { time: minute(asOf, tz, locale), zone: zoneLabel(asOf, tz) })])
  if (reply.stillFilling) facts.push(['filling', t('overview.foot.filling'), t('overview.foot.fillingMeaning')])
  if (expired > 0) facts.push(['expired', t('overview.foot.expired', { n: expired })])
  if (reply.unreadable > 0) facts.push(['unreadable', t('overview.foot.unreadable', { n: reply.unreadable })])
  return (
    <footer className="px-1 text-12 text-second">
      <ul className="flex flex-wrap gap-y-1">
        {facts.map(([key, text, meaning]) => (
          <li key={key} title={meaning} className="not-last:after:px-2 not-last:after:content-['·']">
            {text}
          </li>
        ))}
      </ul>
      <section className="mt-4 hidden print:block">
        <h2 className="font-semibold">{t('overview.definitions')}</h2>
        <p>{t(`overview.unit.${reply.source}`)}</p>
        <dl>
          {MEASURES.map((metric) => (
            <div key={metric}>
              <dt className="inline font-medium">{t(`overview.metric.${metric}`)}</dt>{' '}
              <dd className="inline">{t(`overview.meaning.${metric}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </footer>
  )
}
