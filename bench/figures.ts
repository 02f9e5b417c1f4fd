/** One line of the report: a measured value and its upper or lower limit. */
export interface Figure {
  what: string
  value: number
  unit: string
  limit: { most: number } | { least: number } | null
  /** Details that the name does not give. */
  note?: string
}

export function isWithinLimit({ value, limit }: Figure): boolean {
  if (limit === null) return true
  return 'most' in limit ? value <= limit.most : value >= limit.least
}

export function limitText({ limit, unit }: Figure): string {
  if (limit === null) return '—'
  return 'most' in limit ? `≤ ${short(limit.most)} ${unit}` : `≥ ${short(limit.least)} ${unit}`
}

export function valueText({ value, unit }: Figure): string {
  return `${short(value)} ${unit}`
}

/** Prints a figure as soon as it is measured, and returns it. */
export function printFigure(figure: Figure): Figure {
  const { what, note } = figure
  const verdict = figure.limit === null ? ' ' : isWithinLimit(figure) ? '✓' : '✗'
  console.log(`${verdict} ${what}: ${valueText(figure)} (${limitText(figure)})${note ? ` ${note}` : ''}`)
  return figure
}

/** Returns the smallest value that at least `share` of all values do not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

function short(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-GB')
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2).replace(/\.?0+$/, '')
}
