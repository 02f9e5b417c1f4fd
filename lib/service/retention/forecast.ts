import 'server-only'

const DAYS_PER_MONTH = 30

interface Growth {
  rows: number
  /** Bytes of one row. */
  rowBytes: number
  /** New rows of an average day. */
  perDay: number
  /** How long a row is kept; null: for good. */
  days: number | null
}

/**
 * Returns the expected bytes after so many months, if as much is added every day as lately. What is kept for good only
 * grows. The rest tends to what its days add, because by then today's rows are deleted.
 */
export function forecastBytes({ rows, rowBytes, perDay, days }: Growth, months: number): number {
  const ahead = months * DAYS_PER_MONTH
  const grown = rows + perDay * ahead
  if (days === null) return Math.round(grown * rowBytes)
  const steady = perDay * days
  return Math.round((ahead >= days ? steady : Math.min(grown, Math.max(rows, steady))) * rowBytes)
}
