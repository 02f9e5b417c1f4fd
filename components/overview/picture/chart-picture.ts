import { type ChartLine, scaleMarks, type Unit } from '@/components/charts/points'
import type { Words } from '@/components/i18n/words'
import { campaignFlags, campaignsByBucket, chartNotes } from '@/components/overview/trend/chart-notes'
import { annotatedPlaces, plotParts } from '@/components/overview/trend/plot-parts'
import { trendLines } from '@/components/overview/trend/trend-lines'
import { vendorNumber } from '@/components/overview/trend/vendor-number'
import { headOf, type PictureSubject } from '@/components/report/picture/funnel-lines'
import {
  LIGHT,
  PADDING,
  type Picture,
  type Shape,
  type TextShape,
  TONES,
  WIDTH,
} from '@/components/report/picture/shapes'
import { headShapes } from '@/components/report/picture/sheet-picture'
import { vendorNames } from '@/components/report/vendor'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { FunnelReply } from '@/lib/contract/funnel'
import { FOOT, footShapes, HEAD } from './picture-lines'
import { plotShapes } from './plot-shapes'

export interface ChartQuestion {
  reply: FunnelReply
  view: TrendView
  annotations: readonly AnnotationReply[]
  subject: PictureSubject
  words: Words
}

const INNER = WIDTH - 2 * PADDING
const PLOT = { x: PADDING + 56, width: INNER - 56, height: 320 }
const SMALL_PLOT = { width: 300, height: 96, row: 180, columns: 3 }
const NOTE_LINE = 20

/** Draws the chart of the overview with its legend and notes, and says whose data it is, of when and how complete. */
export function chartPicture({ reply, view, annotations, subject, words }: ChartQuestion): Picture {
  const unit: Unit = view.measure === 'rate' ? 'share' : 'count'
  const { lines, multiples } = trendLines(reply, view, words)
  const parts = plotParts(reply, unit, words.locale)
  const notes = chartNotes(reply, annotations, words)
  const campaigns = campaignsByBucket(reply.series, annotations)
  const marks = scaleMarks(lines.length > 0 ? lines : multiples.flatMap((one) => one.lines), unit)
  const y = HEAD + (multiples.length > 0 ? 48 : 56)
  const plots =
    multiples.length > 0
      ? multiples.flatMap(({ vendor, lines }, i) => {
          const x = PADDING + (i % SMALL_PLOT.columns) * (INNER / SMALL_PLOT.columns)
          const at = y + Math.floor(i / SMALL_PLOT.columns) * SMALL_PLOT.row
          const box = { x: x + 56, y: at, width: SMALL_PLOT.width, height: SMALL_PLOT.height }
          const name = vendorNames(vendor, words).name
          return [
            textAt(x, at - 20, name, { bold: true }),
            { ...textAt(box.x + box.width, at - 20, vendorNumber(vendor, unit, words)), align: 'right' as const },
            ...plotShapes(
              {
                ...parts,
                annotated: annotatedPlaces(reply, vendor),
                lines,
                unit,
                notes,
                marks: [0, marks.at(-1) ?? 1],
              },
              box,
            ),
          ]
        })
      : plotShapes(
          { ...parts, lines, unit, notes, marks, flags: campaignFlags(reply.series, campaigns) },
          { ...PLOT, y },
        )
  const rows = Math.ceil(multiples.length / SMALL_PLOT.columns)
  const head = headOf(words.t('overview.trend.title'), reply, subject, words)
  const noteY = y + (rows > 0 ? rows * SMALL_PLOT.row : PLOT.height + 56)
  const footY = noteY + notes.length * NOTE_LINE
  return {
    width: WIDTH,
    height: footY + FOOT,
    shapes: [
      ...headShapes(head.title, head.about, head.demo),
      ...legend(lines, HEAD + 12),
      ...plots,
      ...notes.map(({ n, text }, i) => textAt(PADDING, noteY + i * NOTE_LINE + 12, `${n}  ${text}`)),
      ...footShapes(footY, reply, words),
    ],
  }
}

function textAt(x: number, y: number, text: string, { bold = false } = {}): TextShape {
  return { kind: 'text', x, y, text, size: 13, fill: LIGHT.text, bold, maxWidth: WIDTH - PADDING - x }
}

/** Colours with their names, each in a fifth of the width. */
function legend(lines: readonly ChartLine[], y: number): Shape[] {
  const width = INNER / 5
  return lines.flatMap(({ name, tone, form }, i): Shape[] => {
    const x = PADDING + i * width
    const colour = TONES[tone] ?? LIGHT.text
    const isSoft = form === 'bar' && tone === 'sent'
    const sample: Shape =
      form === 'bar' || form === 'area'
        ? { kind: 'rect', x, y: y - 9, width: 12, height: 10, fill: colour, opacity: isSoft ? 0.3 : 1 }
        : {
            ...{ kind: 'line', stroke: colour, width: 2 },
            points: [
              [x, y - 4],
              [x + 18, y - 4],
            ],
            ...(form === 'before' ? { dash: [6, 4] } : tone === 'clicked' ? { dash: [3, 3] } : {}),
          }
    return [sample, { kind: 'text', x: x + 24, y, text: name, size: 12, fill: LIGHT.second, maxWidth: width - 32 }]
  })
}
