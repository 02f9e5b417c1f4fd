import type { MessageKey, Words } from '@/components/i18n/words'
import { plain } from '@/components/ui/plain'
import type { ReasonReply } from '@/lib/contract/losses'

/** The name of a cause in the page's language; a cause of a newer server is called as the answer calls it. */
export function reasonTitle(
  { key, title, candidates }: Pick<ReasonReply, 'key' | 'title' | 'candidates'>,
  words: Words,
): string {
  const name = `reasons.title.${key ?? (candidates ? 'ambiguous' : 'unknown')}`
  return words.has(name) ? words.t(name as MessageKey) : title
}

/** Who fixes it; null where nobody knows. */
export function reasonActor(actor: string | null, words: Words): string {
  const name = `lookup.actor.${actor}`
  return actor !== null && words.has(name) ? words.t(name as MessageKey) : words.t('losses.drawer.nobody')
}

const LONGEST = 140

/** Text of others in a row: one line, without what would steer the page. */
export function oneLine(text: string): string {
  const clean = plain(text.slice(0, LONGEST * 2))
    .replace(/\s+/g, ' ')
    .trim()
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean
}
