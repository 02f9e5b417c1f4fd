import { exact, percent } from '@/components/i18n/number'
import { minute, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { reasonActor, reasonTitle } from '@/components/report/reason-titles'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import { type LossesReply, type LossStageReply, type ReasonRow, SOURCE_TEXT } from '@/lib/contract/losses'

interface Subject {
  row: ReasonRow
  stage: LossStageReply['stage']
  reply: Pick<LossesReply, 'window' | 'range' | 'source'>
  words: Words
}

/** Returns a reason as text for a ticket: what, how much, where, when, and the fix. */
export function lossTicketText({ row, stage, reply, words }: Subject): string {
  const { t, locale } = words
  const { window, range } = reply
  const time = (at: string) => minute(at, range.tz, locale)
  const count = row.count === null ? t('losses.unknown') : exact(row.count)
  const share = row.share === null ? t('losses.unknown') : percent(row.share, locale)
  const vendors = row.vendors.map(
    (one) => `${vendorNames(one, words).name} ${one.count === null ? t('losses.unknown') : exact(one.count)}`,
  )
  const lines = [
    `${reasonTitle(row.reason, words)} (${t('losses.drawer.code')} ${stripControls(row.code)})`,
    stripControls(row.text),
    t('losses.ticket.lost', { n: count, stage: t(`losses.stage.${stage}`), share }),
    vendors.join(', '),
    `${t(`overview.source.${reply.source}`)}, ${t('losses.ticket.range', { from: time(window.from), to: time(window.to), zone: zoneName(range.from, range.tz) })}`,
    row.reason.meaning && `${t('losses.drawer.meaning')}: ${row.reason.meaning}`,
    row.reason.fix && `${t('losses.drawer.fix')}: ${row.reason.fix}`,
    row.reason.actor && `${t('losses.drawer.who')}: ${reasonActor(row.reason.actor, words)}`,
    row.reason.source && `${t('losses.drawer.source')}: ${sourceOf(row.reason.source, words)}`,
    `${t('losses.drawer.confidence')}: ${t(`lookup.verdict.${row.reason.confidence}`)}`,
  ]
  return lines.filter(Boolean).join('\n')
}

const sourceOf = (source: string, { t }: Words): string => (source === SOURCE_TEXT ? t('losses.drawer.byText') : source)
