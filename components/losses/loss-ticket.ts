import { exact, percent } from '@/components/i18n/number'
import { distinctMinute, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { reasonActor, reasonTitle } from '@/components/report/reason-titles'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import type { LossesReply, LossStageReply, ReasonRow } from '@/lib/contract/losses'
import { SOURCE_TEXT, sourceNameOf } from '@/lib/contract/source-name'

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
  const time = (at: string) => distinctMinute(at, range.tz, locale)
  const vendors = row.vendors.map(
    (one) => `${vendorNames(one, words).name} ${one.count === null ? t('losses.unknown') : exact(one.count)}`,
  )
  const lines = [
    `${reasonTitle(row.reason, words, row.code)} (${t('losses.drawer.code')} ${stripControls(row.code) || t('losses.code.empty')})`,
    stripControls(row.text),
    lostShareText({ row, stage, words }),
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

/** Returns the count, and its share of the stage's loss. A code outside the loss has no share. */
export function lostShareText({ row, stage, words: { t, locale } }: Omit<Subject, 'reply'>): string {
  const n = row.count === null ? t('losses.unknown') : exact(row.count)
  const facts = { n, stage: t(`losses.stage.${stage}`) }
  if (row.share === null) return t('losses.ticket.lostOutside', facts)
  return t('losses.ticket.lost', { ...facts, share: percent(row.share, locale) })
}

function sourceOf(source: string, { t }: Words): string {
  if (source === SOURCE_TEXT) return t('losses.drawer.byText')
  const { name, url } = sourceNameOf(source)
  return [name, url].filter(Boolean).join(' ')
}
