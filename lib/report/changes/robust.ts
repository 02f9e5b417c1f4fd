/** Makes the median absolute deviation comparable with a standard deviation. */
const SIGMAS_PER_MAD = 1.4826

/** Returns the median; null for an empty list. */
export function median(values: readonly number[]): number | null {
  return weightedMedian(values.map((value) => ({ value, weight: 1 })))
}

/** Returns the value at which half of the weight is reached; null without weight. */
export function weightedMedian(values: readonly { value: number; weight: number }[]): number | null {
  const sorted = values.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let reached = 0
  for (const [i, { value, weight }] of sorted.entries()) {
    reached += weight
    if (reached > half) return value
    if (reached === half) return (value + (sorted[i + 1]?.value ?? value)) / 2
  }
  return null
}

/** Returns the spread of values that a few outliers do not change, in standard deviations; 0 for an empty list. */
export function robustSigma(values: readonly number[]): number {
  const middle = median(values)
  if (middle === null) return 0
  return SIGMAS_PER_MAD * (median(values.map((value) => Math.abs(value - middle))) ?? 0)
}
