import 'server-only'
export type CsvCell = string | number | null

/** A spreadsheet takes these for the start of a formula, whoever wrote the text; an apostrophe makes it text again. */
const FORMULA = /^[=+\-@\t\r]/

/** A table as CSV (RFC 4180): absent is empty. Numbers are ours and stay numbers, also negative ones. */
export function csvOf(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
