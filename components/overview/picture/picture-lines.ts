import { distinctMinute, minute, zoneLabel, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { FunnelReply } from '@/lib/contract/funnel'
import { LIGHT, PADDING, type Shape, type TextShape, WIDTH } from './shapes'

/** Whose data a picture shows. */
export interface PictureSubject {
  app: string
  sdkAppId: number
  demo: boolean
}

/** The height that `headShapes` and `footShapes` take. */
export const HEAD = 88
export const FOOT = 48

/** Writes title, app, range and zone, so that a picture can stand alone. A demo says that its data is invented. */
export function headShapes(title: string, reply: FunnelReply, subject: PictureSubject, words: Words): Shape[] {
  const { t, locale } = words
  const { from, to, tz } = reply.range
  const span = { from: distinctMinute(from, tz, locale), to: distinctMinute(to, tz, locale) }
  const source = t(`overview.source.${reply.source}`)
  const about = [`${subject.app} · ${subject.sdkAppId}`, t('overview.foot.range', span), zoneName(from, tz)]
  const line = { kind: 'text' as const, x: PADDING, fill: LIGHT.text, maxWidth: WIDTH - 2 * PADDING }
  const demo: TextShape = {
    ...{ kind: 'text', text: t('common.demo'), size: 14, bold: true, fill: LIGHT.warn },
    ...{ x: WIDTH - PADDING, y: 46, align: 'right' },
  }
  return [
    { ...line, y: 46, text: `${title} · ${source}`, size: 20, bold: true, maxWidth: WIDTH / 2 },
    { ...line, y: 70, text: about.join(' · '), size: 14, fill: LIGHT.second },
    ...(subject.demo ? [demo] : []),
  ]
}

/** Writes when the data was fetched, how the total was made, and what is missing. */
export function footShapes(y: number, reply: FunnelReply, { t, locale }: Words): Shape[] {
  const { asOf, coverage, range, totalBasis } = reply
  const time = (at: string) => ({ time: minute(at, range.tz, locale), zone: zoneLabel(at, range.tz) })
  const facts = [
    asOf && t('overview.foot.asOf', time(asOf)),
    asOf && t(`overview.foot.${totalBasis}`, { n: coverage.held }),
    t('overview.foot.coverage', { held: coverage.held, expected: coverage.expected }),
    reply.stillFilling && t('overview.foot.filling'),
  ].filter((fact) => typeof fact === 'string')
  const text = facts.join(' · ')
  return [{ kind: 'text', x: PADDING, y: y + 24, text, size: 12, fill: LIGHT.second, maxWidth: WIDTH - 2 * PADDING }]
}
