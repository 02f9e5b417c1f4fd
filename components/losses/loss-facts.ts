import { exact } from '@/components/i18n/number'
import { distinctMinute, minute, zoneLabel, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { notComparedText } from '@/components/report/not-compared'
import type { LossesReply } from '@/lib/contract/losses'

/** Says of which time the losses are, when they were fetched, how they were added up and what is missing. */
export function lossFacts(reply: LossesReply, words: Words): string[] {
  const { t, locale } = words
  const { window, range, coverage, asOf, basis, comparison, difference } = reply
  const span = ({ from, to }: { from: string; to: string }) => ({
    from: distinctMinute(from, range.tz, locale),
    to: distinctMinute(to, range.tz, locale),
  })
  return [
    asOf && t('overview.foot.asOf', { time: minute(asOf, range.tz, locale), zone: zoneLabel(asOf, range.tz) }),
    t('overview.foot.range', span(window)),
    zoneName(window.from, range.tz),
    t(`losses.basis.${basis}`),
    basis === 'exact'
      ? t('overview.foot.coverage', { held: coverage.held, expected: coverage.expected })
      : t('losses.hours', { held: coverage.held, expected: coverage.expected }),
    difference && t('losses.difference', { sum: exact(difference.sum), exact: exact(difference.exact) }),
    comparison &&
      (comparison.held ? t('overview.compare.held', span(comparison)) : notComparedText(comparison, range.tz, words)),
    t(`overview.unit.${reply.source}`),
    reply.unreadable > 0 && t('overview.foot.unreadable', { n: reply.unreadable }),
  ].filter((fact) => typeof fact === 'string')
}
