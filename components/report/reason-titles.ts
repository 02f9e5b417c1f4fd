import type { MessageKey, Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { ReasonReply } from '@/lib/contract/losses'

/**
 * Returns the title of a cause in the page's language. A cause that this page does not know has the reply's title. `code`
 * is '' where Tencent counted pushes without a code.
 */
export function reasonTitle(
  { key, title, candidates }: Pick<ReasonReply, 'key' | 'title' | 'candidates'>,
  words: Words,
  code: string | null = null,
): string {
  const name = `reasons.title.${key ?? (candidates ? 'ambiguous' : code === '' ? 'no_code' : 'unknown')}`
  return words.has(name) ? words.t(name as MessageKey) : title
}

/** Returns who fixes it; a fallback text when that is unknown. */
export function reasonActor(actor: string | null, words: Words): string {
  const name = `lookup.actor.${actor}`
  return actor !== null && words.has(name) ? words.t(name as MessageKey) : words.t('losses.drawer.nobody')
}

const LONGEST = 140

/** Returns upstream text in one line, without control characters. */
export function oneLine(text: string): string {
  const clean = stripControls(text.slice(0, LONGEST * 2))
    .replace(/\s+/g, ' ')
    .trim()
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean
}
