import 'server-only'
import Papa from 'papaparse'
import { DEMO_NOTE } from '@/lib/contract/api/files'
import { FORMULA } from '@/lib/contract/sheets'

export type CsvCell = string | number | null

/** Characters that a file must not carry: they control a terminal, or change the direction of text. */
const STEERING = /\p{Bidi_Control}|[^\P{Cc}\t\r\n]/gu

export interface Column<Row> {
  name: string
  cell(row: Row): CsvCell
}

/** Writes a reply as CSV. `query` is the request, for a report of several tables. */
export type CsvWriter<Reply, Query = unknown> = (reply: Reply, app: { demo: boolean }, query: Query) => string

/**
 * Returns the writer of a table: one row for each of `rows`. The last column, `demoColumn`, says in every row that the
 * data of a demo is invented.
 */
export function csvTable<Reply, Row>(table: {
  rows(reply: Reply): Row[]
  columns: Column<Row>[]
  demoColumn: string
}): (reply: Reply, app: { demo: boolean }) => string {
  const head = [...table.columns.map(({ name }) => name), table.demoColumn]
  return (reply, { demo }) => {
    const note = demo ? DEMO_NOTE : null
    const rows = table.rows(reply).map((row) => [...table.columns.map(({ cell }) => cell(row)), note])
    return csvOf(head, rows)
  }
}

/**
 * Writes a table as CSV (RFC 4180). Null becomes an empty cell. Numbers are ours and stay numbers, also negative ones. A
 * text that could be a formula gets an apostrophe. A text with a semicolon is quoted, because many spreadsheets separate
 * by it.
 */
export function csvOf(head: string[], rows: CsvCell[][]): string {
  const text = Papa.unparse([head, ...rows.map((row) => row.map(cleaned))], {
    newline: '\r\n',
    escapeFormulae: FORMULA,
    quotes: (value: unknown) => typeof value === 'string' && value.includes(';'),
  })
  return `${text}\r\n`
}

function cleaned(cell: CsvCell): CsvCell {
  return typeof cell === 'string' ? cell.replace(STEERING, '') : cell
}

/** Writes an offset such as `+08:00`. Alone it would look like a formula. */
export const zoneCell = (offset: string): string => `UTC${offset}`
