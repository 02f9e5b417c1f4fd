import type { Entry } from './dictionary'
import { BREAK, EDGE, type Words, wordsOf } from './words'

/** A wording of an entry found in a text. `certain`: it is one of the wordings that make the entry certain. */
export interface Named {
  entry: Entry
  certain: boolean
  /** How it was found. A plain word ('expired') or a number ('10302') says little about another vendor's entry. */
  by: 'reason' | 'word' | 'number'
}

interface Node {
  next: Map<string, Node>
  named: Named[]
  /** Too short or too common to count inside a sentence. */
  weak: boolean
}

/** Below this many letters a wording is weak; a single word needs more to stand out. */
const TELLING = { words: 9, word: 12 }
/** A Chinese character says as much as this many letters. */
const HAN_WEIGHT = 3

/** Numbers shorter than this stand in texts for other things than codes. */
const LONG_NUMBER = /^\d{5,}$/
/** A reason written as one identifier: `NOT_FOUND`, `BadTopic`, `Forbidden`. */
const REASON_WORD = /^[A-Z]\w*$/

/** Every wording of a dictionary as a tree of characters, so that one pass over a text finds all of them. */
export class PhraseIndex {
  private readonly root: Node = nodeOf()

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      for (const text of entry.certain) this.add(text, entry, true)
      for (const text of entry.texts) this.add(text, entry, false)
      if (LONG_NUMBER.test(entry.code)) this.add(entry.code, entry, false)
    }
  }

  /**
   * Returns the entries that a text names, in any case and spelling. Where one wording contains another, only the
   * longer one counts. Takes time in proportion to the text: no walk is longer than the longest wording.
   */
  namedBy(given: Words): Named[] {
    const found = new Set<Named>()
    let covered = 0
    for (const word of given.words) {
      const match = this.longestAt(given, word.at)
      if (match === null || match.end <= covered) continue
      covered = match.end
      for (const named of match.node.named) found.add(named)
    }
    return [...found]
  }

  private longestAt(given: Words, start: number): { node: Node; end: number } | null {
    let best: { node: Node; end: number } | null = null
    let node: Node | undefined = this.root
    for (let end = start; node; end++) {
      const whole = node.named.length > 0 && hasMark(given, end, EDGE)
      if (whole && (!node.weak || standsAlone(given, start, end))) best = { node, end }
      node = node.next.get(given.plain[end] ?? '')
    }
    return best
  }

  private add(text: string, entry: Entry, certain: boolean): void {
    const given = wordsOf(text)
    let node = this.root
    for (const letter of given.plain) {
      const next = node.next.get(letter) ?? nodeOf()
      node.next.set(letter, next)
      node = next
    }
    if (given.plain === '' || node.named.some((one) => one.entry === entry)) return
    node.weak = isWeak(given)
    const word = node.weak && !REASON_WORD.test(text)
    node.named.push({
      entry,
      certain,
      by: text === entry.code && LONG_NUMBER.test(text) ? 'number' : word ? 'word' : 'reason',
    })
  }
}

const nodeOf = (): Node => ({ next: new Map(), named: [], weak: false })

const hasMark = ({ marks }: Words, at: number, mark: number): boolean => ((marks[at] ?? 0) & mark) !== 0

function isWeak({ plain, words }: Words): boolean {
  const han = plain.match(/\p{Script=Han}/gu)?.length ?? 0
  const weight = plain.length + han * (HAN_WEIGHT - 1)
  return weight < (words.length > 1 ? TELLING.words : TELLING.word)
}

/** A weak wording counts between punctuation (`"status":"INTERNAL"`) or written as an identifier (`BadTopic`). */
function standsAlone(given: Words, start: number, end: number): boolean {
  if (hasMark(given, start, BREAK) && hasMark(given, end, BREAK)) return true
  const inside = given.words.filter(({ at }) => at >= start && at < end)
  const written = given.source.slice(inside.at(0)?.from, inside.at(-1)?.to)
  if (/\s/.test(written)) return false
  return written.includes('_') || (/[A-Z].*[A-Z]/.test(written) && /[a-z]/.test(given.source))
}
