import { exact, percent } from '@/components/i18n/number'
import { distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { pointsText } from '@/components/report/delta'
import { notComparedText } from '@/components/report/not-compared'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import type { ChangeReply, ChangesReply, RateSplitReply } from '@/lib/contract/changes/changes'
import { MIN_VOLUME } from '@/lib/contract/limits'

/** The titles of causes in the page's language, by the key of the cause. */
export type ReasonTitles = Readonly<Record<string, string>>

/** Says one change: what happened since when, and the code and the messages apart. */
export function changeParts(
  one: ChangeReply,
  tz: string,
  titles: ReasonTitles,
  words: Words,
): { sentence: string; details: string[] } {
  const { t, locale } = words
  const from = distinctMinute(one.from, tz, locale)
  const to = one.to === null ? null : distinctMinute(one.to, tz, locale)
  if (one.kind === 'no_push') {
    const n = exact(one.messages ?? 0)
    return {
      sentence: to === null ? t('changes.silent', { from, n }) : t('changes.wasSilent', { from, to, n }),
      details: [],
    }
  }
  const vendor = nameOf(one, words)
  if (one.kind === 'receipts_began')
    return { sentence: t('overview.receipts.began', { vendor, time: from }), details: [] }
  if (one.kind === 'receipts_stopped') {
    const isLasting = to === null
    const sentence = isLasting
      ? t('overview.receipts.stopped', { vendor, time: from })
      : t('changes.stopped', { vendor, from, to })
    return { sentence, details: [] }
  }
  const rates = {
    vendor,
    rate: t(`changes.rate.${one.rate ?? 'delivery'}`),
    before: percent(one.before ?? 0, locale),
    now: percent(one.now ?? 0, locale),
    from,
  }
  const sentence = to === null ? t('changes.open', rates) : t('changes.closed', { ...rates, to })
  return { sentence, details: [codeText(one, titles, words), messagesText(one, words)].filter((part) => part !== null) }
}

/** Says one change in a line of text. */
export function changeText(one: ChangeReply, tz: string, titles: ReasonTitles, words: Words): string {
  const { sentence, details } = changeParts(one, tz, titles, words)
  return [sentence, ...details].join(' · ')
}

function nameOf({ vendor, channel }: { vendor: string | null; channel: ChangeReply['channel'] }, words: Words): string {
  return vendorNames({ vendor: vendor ?? 'unknown', channel }, words).name
}

function codeText({ kind, code }: ChangeReply, titles: ReasonTitles, { t }: Words): string | null {
  if (!code) return kind === 'fell' ? t('changes.noCode') : null
  const shown = stripControls(code.code).slice(0, 40)
  const title = code.reason.key === null ? undefined : titles[code.reason.key]
  return title === undefined
    ? t('changes.bareCode', { code: shown })
    : t('changes.code', { reason: title, code: shown })
}

function messagesText({ messages }: ChangeReply, { t }: Words): string | null {
  if (messages === null) return null
  return messages < 0 ? t('changes.lost', { n: exact(-messages) }) : t('changes.gained', { n: exact(messages) })
}

/** A smaller change of a rate is not split. In fractions. */
const LEAST_CHANGE = 0.005
/** Smaller parts are shown as 0.0 points and say nothing. */
const LEAST_PART = 0.0005
const MOST_VENDORS = 3

/**
 * Says the parts of a rate's change: its vendors, the mix, and the rest. The parts add up to the change. Null for a small
 * change, and for so few pushes that the page shows no rate either.
 */
export function splitText(kind: 'send' | 'delivery', split: RateSplitReply, words: Words): string | null {
  const { t } = words
  if (Math.abs(split.change) < LEAST_CHANGE || split.pushes < MIN_VOLUME) return null
  const named = split.vendors.filter(({ rate }) => Math.abs(rate) >= LEAST_PART).slice(0, MOST_VENDORS)
  const rest = split.vendors.filter((one) => !named.includes(one)).reduce((sum, { rate }) => sum + rate, 0)
  const points = (change: number) => pointsText(change, words) ?? ''
  const parts = named.map((one) =>
    one.vendor === null
      ? t('changes.split.outside', { part: points(one.rate) })
      : `${nameOf(one, words)} ${points(one.rate)}`,
  )
  if (Math.abs(split.mix) >= LEAST_PART) parts.push(t('changes.split.mix', { part: points(split.mix) }))
  if (Math.abs(rest) >= LEAST_PART) parts.push(t('changes.split.rest', { part: points(rest) }))
  const change = t(`changes.split.${kind}`, { change: points(split.change) })
  return parts.length === 0 ? change : t('changes.split.parts', { change, parts: parts.join(' · ') })
}

/** Says the splits of both rates; empty without a comparison. */
export function splitTexts({ comparison }: ChangesReply, words: Words): string[] {
  return (['send', 'delivery'] as const).flatMap((kind) => {
    const split = comparison?.[kind]
    return split ? (splitText(kind, split, words) ?? []) : []
  })
}

/** Says why there is no change to show. */
export function quietText({ state, days }: ChangesReply, { t }: Words): string {
  if (state === 'no_data') return t('changes.noData')
  return state === 'no_history' ? t('changes.noHistory', { days }) : t('changes.none', { days })
}

/** Says what the sentences do not cover: hours that are not stored, the start of a long range, and a missing comparison. */
export function limitTexts({ comparison, held, expected, range, searched }: ChangesReply, words: Words): string[] {
  const { t, locale } = words
  const at = (iso: string) => distinctMinute(iso, range.tz, locale)
  return [
    ...(comparison && !comparison.send && !comparison.delivery ? [notComparedText(comparison, range.tz, words)] : []),
    ...(searched.from === range.from ? [] : [t('changes.searched', { from: at(searched.from), to: at(searched.to) })]),
    ...(held < expected ? [t('changes.partial', { held, expected })] : []),
  ]
}
