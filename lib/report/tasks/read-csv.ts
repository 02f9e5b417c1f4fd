export interface CsvRecord {
  /** The line of the text where the record begins, from 1. */
  line: number
  cells: string[]
}

export const DELIMITERS = ['\t', ',', ';'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/**
 * A quote that is not closed within this many characters is an ordinary character. It must not swallow the rest of the
 * sheet.
 */
const MAX_QUOTED_CHARS = 5_000

/**
 * Reads delimited text as spreadsheets write it (RFC 4180): quotes doubled inside quotes; lines ended by LF, CRLF or
 * CR; an optional byte order mark. Accepts any text and never throws. Blank lines are left out, cells are trimmed.
 * docs/decisions/015 says why this is no library.
 */
export function readCsv(text: string, delimiter: Delimiter): CsvRecord[] {
  const records: CsvRecord[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const record: CsvRecord = { line, cells: [] }
    for (;;) {
      const cell = readCell(text, at, delimiter)
      record.cells.push(cell.text.trim())
      line += cell.breaks
      at = cell.end
      if (text[at] !== delimiter) break
      at++
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    at++
    line++
    if (record.cells.some((cell) => cell !== '')) records.push(record)
  }
  return records
}

/** Reads one cell. `end` is the position of the delimiter, the line break or the end of the text. */
function readCell(text: string, start: number, delimiter: Delimiter) {
  let at = start
  while (text[at] === ' ') at++
  const close = text[at] === '"' ? closingQuote(text, at + 1) : null
  const rest = close === null ? start : close + 1
  let end = rest
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++
  if (close === null) return { text: text.slice(start, end), end, breaks: 0 }
  const quoted = text.slice(at + 1, close)
  return {
    text: quoted.replaceAll('""', '"') + text.slice(rest, end),
    end,
    breaks: quoted.match(/\r\n|\r|\n/g)?.length ?? 0,
  }
}

function closingQuote(text: string, start: number): number | null {
  const last = Math.min(text.length, start + MAX_QUOTED_CHARS)
  for (let at = start; at < last; at++) {
    if (text[at] !== '"') continue
    if (text[at + 1] !== '"') return at
    at++
  }
  return null
}
