/** A text cut into words, for matching that ignores case, width, spaces, underscores and CamelCase. */
export interface Words {
  /** All letters and digits in lower case, without anything between them. */
  plain: string
  /** For each offset of `plain`: whether a word begins or ends there, and whether punctuation stands there. */
  marks: Uint8Array
  /** Each word: its offset in `plain`, and where it stands in `source`. */
  words: { at: number; from: number; to: number }[]
  /** The text in one width (NFKC), in its own case. */
  source: string
}

export const EDGE = 1
/** Punctuation other than `_` and `-`, or an end of the text. */
export const BREAK = 2

/** Longer texts are read from both ends only, so that no text takes longer than a few thousand characters do. */
const MAX_HEAD = 3_000
const MAX_TAIL = 1_000
const MAX_NORMALIZED = 8_000

/** Reads a text in one pass: 'BadDeviceToken', 'BAD_DEVICE_TOKEN' and 'bad device token' give the same `plain`. */
export function wordsOf(text: string): Words {
  const source = shortened(text).normalize('NFKC').slice(0, MAX_NORMALIZED)
  const lower = source.toLowerCase()
  // A few letters change their length in lower case. Their text keeps its own case, so that offsets stay true.
  const letters = lower.length === source.length ? lower : source
  const words: Words['words'] = []
  const marks = new Uint8Array(source.length + 1)
  const parts: string[] = []
  let length = 0
  let isBreak = true
  for (let from = 0; from < source.length; ) {
    const to = endOfWord(source, from)
    if (to === from) {
      isBreak ||= isPunctuation(source.charCodeAt(from))
      from++
      continue
    }
    if (isBreak) marks[length] = EDGE | BREAK
    words.push({ at: length, from, to })
    parts.push(letters.slice(from, to))
    length += to - from
    marks[length] = EDGE
    isBreak = false
    from = to
  }
  marks[length] = EDGE | BREAK
  return { plain: parts.join(''), marks: marks.subarray(0, length + 1), words, source }
}

/** Letters and digits only, in one case and width: 'Bad-Device Token' and 'baddevicetoken' are one. */
export function plain(text: string): string {
  return wordsOf(text).plain
}

function shortened(text: string): string {
  return text.length <= MAX_HEAD + MAX_TAIL ? text : `${text.slice(0, MAX_HEAD)}\n${text.slice(-MAX_TAIL)}`
}

/** A run of capitals, a capitalised or lower-case word, a number, or one letter of any other script. */
function endOfWord(source: string, from: number): number {
  const kind = kindAt(source, from)
  if (kind === 'none') return from
  if (kind === 'letter') return from + 1
  if (kind !== 'upper') return endOfRun(source, from, kind)
  const end = endOfRun(source, from, 'upper')
  if (kindAt(source, end) !== 'lower') return end
  return end - from > 1 ? end - 1 : endOfRun(source, end, 'lower')
}

type Kind = 'upper' | 'lower' | 'digit' | 'letter' | 'none'

function endOfRun(source: string, from: number, kind: Kind): number {
  let end = from
  while (kindAt(source, end) === kind) end++
  return end
}

const OTHER_LETTER = /[\p{L}\p{N}]/u

function kindAt(source: string, at: number): Kind {
  const code = source.charCodeAt(at)
  if (code >= 97 && code <= 122) return 'lower'
  if (code >= 65 && code <= 90) return 'upper'
  if (code >= 48 && code <= 57) return 'digit'
  if (Number.isNaN(code) || code < 128) return 'none'
  const isHan = code >= 0x4e00 && code <= 0x9fff
  return isHan || OTHER_LETTER.test(source.charAt(at)) ? 'letter' : 'none'
}

const SPACE = /\s/
const isPunctuation = (code: number): boolean => code !== 95 && code !== 45 && !SPACE.test(String.fromCharCode(code))
