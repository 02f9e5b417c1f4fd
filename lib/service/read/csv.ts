import 'server-only'
import Papa from 'papaparse'

export type CsvCell = string | number | null

/** A spreadsheet runs a text that starts with one of these as a formula. An apostrophe in front makes it text. */
const FORMULA = /^[=+\-@\t\r]/
const DEMO = 'Demo, invented data'

export interface Column<Row> {
  name: string
  cell(row: Row): CsvCell
}

/** Writes a reply as CSV. */
export type CsvWriter<Reply> = (reply: Reply, app: { demo: boolean }) => string

/**
 * Returns the writer of a table: one row for each of `rows`. The last column, `demoColumn`, says in every row that the
 * data of a demo is invented.
 */
export function csvTable<Reply, Row>(table: {
  rows(reply: Reply): Row[]
  columns: Column<Row>[]
  demoColumn: string
}): CsvWriter<Reply> {
  const head = [...table.columns.map(({ name }) => name), table.demoColumn]
  return (reply, { demo }) => {
    const note = demo ? DEMO : null
    const rows = table.rows(reply).map((row) => [...table.columns.map(({ cell }) => cell(row)), note])
    return csvOf(head, rows)
  }
}

/** Writes a table as CSV (RFC 4180). Null becomes an empty cell. Numbers are ours and stay numbers, also negative ones. */
export function csvOf(head: string[], rows: CsvCell[][]): string {
  const text = Papa.unparse([head, ...rows], { newline: '\r\n', escapeFormulae: FORMULA })
  return `${text}\r\n`
}
