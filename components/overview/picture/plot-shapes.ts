import { type Flag, flagsOf } from '@/components/charts/flags'
import { type PlotProps, WIDE } from '@/components/charts/plot'
import { type ChartLine, isFilling, isHole, labelledIndexes, runsOf, scaleMarks } from '@/components/charts/points'
import { LIGHT, type Point, type Shape, TONES } from '@/components/report/picture/shapes'

/** The box of the plot itself. Labels stand on its left and below it, names above it. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

const SMALL = 12

/** Draws what `Plot` draws, as shapes. */
export function plotShapes(plot: PlotProps, box: Box): Shape[] {
  const { states, lines, unit, annotated, notes = [], flags = [], xLabel, yLabel } = plot
  const marks = plot.marks ?? scaleMarks(lines, unit)
  const top = marks.at(-1) ?? 1
  const count = Math.max(1, states.length)
  const x = (place: number) => box.x + (place / count) * box.width
  const y = (value: number) => box.y + box.height - (value / top) * box.height
  const ground = (kind: 'hole' | 'filling'): Shape[] =>
    runsOf(states, kind === 'hole' ? isHole : isFilling).map(({ first, last }) => ({
      ...{ kind: 'rect', x: x(first), width: x(last + 1) - x(first), y: box.y, height: box.height },
      ...(kind === 'hole' ? { fill: LIGHT.sunk } : { fill: LIGHT.filling, opacity: 0.35 }),
    }))
  const across = (value: number): Point[] => [
    [box.x, y(value)],
    [box.x + box.width, y(value)],
  ]
  const down = (i: number): Point[] => [
    [x(i + 0.5), box.y],
    [x(i + 0.5), box.y + box.height],
  ]
  const text = { kind: 'text' as const, size: SMALL, fill: LIGHT.second as string }
  return [
    ...ground('hole'),
    ...ground('filling'),
    ...marks.map((value): Shape => ({ kind: 'line', points: across(value), stroke: LIGHT.line, width: 1 })),
    ...marks.map((value): Shape => ({ ...text, text: yLabel(value), x: box.x - 8, y: y(value) + 4, align: 'right' })),
    ...labelledIndexes(states.length).flatMap((i): Shape[] => {
      const label = xLabel(i)
      const below = { ...text, x: x(i + 0.5), y: box.y + box.height + 18, align: 'center' as const }
      return [
        { ...below, text: label.text },
        ...(label.day === null ? [] : [{ ...below, y: below.y + 15, text: label.day }]),
      ]
    }),
    ...lines.flatMap((line) => lineShapes(line, { x, y })),
    ...annotated.map((i): Shape => ({ kind: 'line', points: down(i), stroke: LIGHT.warn, width: 2, dash: [2, 4] })),
    ...flagsOf(flags, count, WIDE).flatMap((flag) => flagShapes(flag, box)),
    ...notes.flatMap(({ i, n }): Shape[] => [
      { kind: 'rect', x: x(i + 0.5) - 8, y: box.y + 2, width: 16, height: 16, fill: LIGHT.text },
      { ...text, text: String(n), x: x(i + 0.5), y: box.y + 14, align: 'center', fill: LIGHT.surface },
    ]),
  ]
}

function flagShapes({ text, pole, width, side }: Flag, box: Box): Shape[] {
  const x = box.x + pole * box.width
  const isAfter = side === 'after'
  return [
    { kind: 'rect', x, y: box.y - 20, width: 1, height: 20, fill: LIGHT.field },
    {
      ...{ kind: 'text', text, size: SMALL, fill: LIGHT.text, y: box.y - 8, align: isAfter ? 'left' : 'right' },
      ...{ x: isAfter ? x + 5 : x - 5, maxWidth: width * box.width - 12 },
    },
  ]
}

interface Scale {
  x(place: number): number
  y(value: number): number
}

function lineShapes(line: ChartLine, { x, y }: Scale): Shape[] {
  const colour = TONES[line.tone] ?? LIGHT.text
  if (line.form === 'bar') {
    const width = line.width ?? 0.7
    return line.values.flatMap((value, i): Shape[] => {
      if (value === null) return []
      const left = x(i + 0.5 - width / 2)
      const size = { width: x(i + 0.5 + width / 2) - left, height: y(0) - y(value) }
      return [{ kind: 'rect', x: left, y: y(value), ...size, fill: colour, opacity: line.tone === 'sent' ? 0.3 : 1 }]
    })
  }
  const dash = line.form === 'before' ? [6, 4] : line.tone === 'clicked' ? [3, 3] : undefined
  return runsOf(line.values, (value) => value !== null).flatMap(({ first, last }): Shape[] => {
    const at = (i: number): Point => [x(i + 0.5), y(line.values[i] ?? 0)]
    const alone = [first + 0.3, first + 0.7].map((place): Point => [x(place), y(line.values[first] ?? 0)])
    const points = first === last ? alone : Array.from({ length: last - first + 1 }, (_, k) => at(first + k))
    const [start, end] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0]
    const stroke: Shape = { kind: 'line', points, stroke: colour, width: 2, ...(dash ? { dash } : {}) }
    if (line.form !== 'area') return [stroke]
    return [{ kind: 'area', points: [[start, y(0)], ...points, [end, y(0)]], fill: colour, opacity: 0.16 }, stroke]
  })
}
