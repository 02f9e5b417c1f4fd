import { statSync } from 'node:fs'
import { sql } from 'kysely'
import { readEnv } from '@/lib/env'
import { openDatabase } from '@/lib/store/engine/open'
import { type BenchEnv, type DatabaseKind, openBenchEnv } from './bench-env'
import { type Figure, printFigure } from './figures'
import { type Case, fillApps, fillQuarter, fillYear, storeTimes, type Times, timesOf } from './funnels'

const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const
const ROWS = { few: 100_000, many: 600_000, most: 5_000_000 }

/** Measures funnels while the archive grows from one quarter of one app to five million rows of several apps. */
export async function archiveFigures(kind: DatabaseKind): Promise<Figure[]> {
  const env = await openBenchEnv(kind, 'minimal')
  const filled = { windows: 0, rows: 0 }
  const figures: Figure[] = []
  const report = (figure: Figure) => figures.push(printFigure(figure))
  try {
    await fillQuarter(env, filled)
    const few = { ...filled, times: await storeTimes(env, [30, 90]) }
    await fillYear(env, filled)
    report(atLeast(`${NAMES[kind]}: rows stored for the funnels below`, filled.rows, ROWS.many))
    for (const one of await timesOf(env, [30, 90, 365])) {
      report(time(kind, one, 'store', 10))
      report(time(kind, one, 'api', 40))
    }
    const bytes = (await bytesOf(env)) / filled.windows
    report({
      what: `${NAMES[kind]}: disk per window, including the raw answer`,
      value: bytes,
      unit: 'bytes',
      limit: null,
    })
    await fillApps(env, filled, ROWS.most)
    report(atLeast(`${NAMES[kind]}: rows stored at the end`, filled.rows, ROWS.most))
    for (const after of await storeTimes(env, [30, 90])) {
      const before = few.times.find(({ days, shape }) => days === after.days && shape === after.shape)
      const note = `${few.rows.toLocaleString('en-GB')} rows: ${before?.leastMs.toFixed(2)} ms, at the end ${after.leastMs.toFixed(2)} ms`
      const value = after.leastMs / (before?.leastMs ?? Number.NaN)
      report({
        what: `${NAMES[kind]}: growth in the store, ${name(after)}, lower quartile`,
        value,
        unit: '×',
        limit: { most: 1.5 },
        note,
      })
    }
  } finally {
    await env.end()
  }
  return figures
}

function atLeast(what: string, value: number, least: number): Figure {
  return { what, value, unit: 'rows', limit: { least } }
}

const name = ({ days, shape }: Case): string => `${days} days, ${shape}`

function time(kind: DatabaseKind, one: Times, at: 'store' | 'api', most: number): Figure {
  const where = at === 'store' ? 'in the store' : 'at the API'
  const figure = { what: `${NAMES[kind]}: ${name(one)}, ${where}, p95`, value: one[at], unit: 'ms', limit: { most } }
  return at === 'store' ? { ...figure, note: `${one.verb.toFixed(1)} ms including the report` } : figure
}

async function bytesOf(env: BenchEnv): Promise<number> {
  if (env.file !== null) return statSync(env.file).size
  const db = await openDatabase(readEnv(env.variables).database)
  try {
    const { rows } = await sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(db)
    return rows[0]?.size ?? Number.NaN
  } finally {
    await db.destroy()
  }
}
