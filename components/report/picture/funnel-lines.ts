import { distinctMinute, minute, zoneLabel, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { RangeReply } from '@/lib/contract/ranges'

/** Whose data a picture shows. */
export interface PictureSubject {
  app: string
  sdkAppId: number
  demo: boolean
}

/** Says whose data a picture shows, of which range and zone. */
export function aboutText({ range: { from, to, tz } }: { range: RangeReply }, subject: PictureSubject, words: Words) {
  const { t, locale } = words
  const span = { from: distinctMinute(from, tz, locale), to: distinctMinute(to, tz, locale) }
  return [`${subject.app} · ${subject.sdkAppId}`, t('overview.foot.range', span), zoneName(from, tz)].join(' · ')
}

/** Returns the head of a picture of the funnel. */
export function headOf(title: string, reply: FunnelReply, subject: PictureSubject, words: Words) {
  const { t } = words
  return {
    title: `${title} · ${t(`overview.source.${reply.source}`)}`,
    about: aboutText(reply, subject, words),
    demo: subject.demo ? t('common.demo') : null,
  }
}

/** Says when the data was fetched, how the total was made, and what is missing. */
export function footText(reply: FunnelReply, { t, locale }: Words): string {
  const { asOf, coverage, range, totalBasis } = reply
  const time = (at: string) => ({ time: minute(at, range.tz, locale), zone: zoneLabel(at, range.tz) })
  const facts = [
    asOf && t('overview.foot.asOf', time(asOf)),
    asOf && t(`overview.foot.${totalBasis}`, { n: coverage.held }),
    t('overview.foot.coverage', { held: coverage.held, expected: coverage.expected }),
    reply.stillFilling && t('overview.foot.filling'),
  ].filter((fact) => typeof fact === 'string')
  return facts.join(' · ')
}
