export interface CsvRecord {
  /** The line of the text it begins on, from 1. */
  line: number
  cells: string[]
}

export const DELIMITERS = ['\t', ',', ';'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** A quote that is not closed within so many characters is a quote, and no reason to swallow the rest of the sheet. */
const LONGEST_CELL = 5_000

/**
 * Reads delimited text as spreadsheets write it (RFC 4180): quotes doubled inside quotes, lines by LF, CRLF or CR, a mark
 * of byte order before it. Takes any text and never throws; lines that are blank are left out, cells are trimmed.
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

/** `end` is where the delimiter, the line break or the end of the text stands. */
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
  const last = Math.min(text.length, start + LONGEST_CELL)
  for (let at = start; at < last; at++) {
    if (text[at] !== '"') continue
    if (text[at + 1] !== '"') return at
    at++
  }
  return null
}
