import type { Words } from '@/components/i18n/words'
import type { TaskGrowth } from '@/lib/contract/campaigns/task-ages'

interface Props {
  series: TaskGrowth['series']
  /** Whether any vendor reports deliveries. Without reports their number is 0, which says nothing. */
  isReported: boolean
  words: Words
}

const [WIDTH, HEIGHT] = [220, 56]
const ALL = ['sent', 'delivered', 'clicked'] as const
const UNREPORTED = ['sent', 'clicked'] as const
type Line = (typeof ALL)[number]

/** Draws the counts over age on the server. A line is interrupted where a count is unknown. The table says the same. */
export function GrowthChart({ series, isReported, words: { t } }: Props) {
  if (series.length < 2) return null
  const lines: readonly Line[] = isReported ? ALL : UNREPORTED
  const top = Math.max(1, ...series.flatMap((one) => lines.map((line) => one[line] ?? 0)))
  const end = Math.max(1, ...series.map(({ age }) => age))
  // Most of the growth is in the first hours, so the scale of time is a root.
  const x = (age: number) => Math.sqrt(Math.max(0, age) / end) * WIDTH
  const y = (count: number) => HEIGHT - 2 - (count / top) * (HEIGHT - 4)
  const point = (age: number, count: number) => `${x(age).toFixed(1)},${y(count).toFixed(1)}`
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={t(isReported ? 'campaign.growth.chart' : 'campaign.growth.chartUnreported')}
      className="shrink-0 max-sm:w-full"
    >
      {lines.flatMap((line) =>
        runsOf(series, line).map(([first, ...others]) => (
          <polyline
            key={`${line} ${first.age}`}
            fill="none"
            strokeWidth={1.5}
            strokeLinecap="round"
            stroke={`var(--m-${line})`}
            // A single count is a dot.
            points={(others.length > 0 ? [first, ...others] : [first, first])
              .map(({ age, count }) => point(age, count))
              .join(' ')}
          />
        )),
      )}
    </svg>
  )
}

type Run = [Point, ...Point[]]
interface Point {
  age: number
  count: number
}

/** Returns the counts of a line in runs without a gap. */
function runsOf(series: TaskGrowth['series'], line: Line): Run[] {
  const runs: Run[] = []
  let open: Run | null = null
  for (const { age, [line]: count } of series) {
    if (count === null) open = null
    else if (open) open.push({ age, count })
    else {
      open = [{ age, count }]
      runs.push(open)
    }
  }
  return runs
}
