import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { type Cell, cellsOf, MEASURES } from '@/components/report/cells'
import { byVolume, vendorNames } from '@/components/report/vendor'
import type { FunnelReply } from '@/lib/contract/funnel'
import { FOOT, footShapes, HEAD, headShapes, type PictureSubject } from './picture-lines'
import { LIGHT, PADDING, type Picture, type Shape, WIDTH } from './shapes'

interface TableQuestion {
  reply: FunnelReply
  subject: PictureSubject
  words: Words
}

const ROW = 32
const NAME_WIDTH = 180
const COLUMN = (WIDTH - 2 * PADDING - NAME_WIDTH) / MEASURES.length

/** Draws the vendor table: a row for the total and for each vendor, with counts and rates. */
export function tablePicture({ reply, subject, words }: TableQuestion): Picture {
  const { t } = words
  const rows = [
    ...(reply.total ? [{ name: t('overview.vendors.total'), bold: true, cells: cellsOf(reply.total) }] : []),
    ...byVolume(reply.vendors).map((row) => ({
      ...{ name: vendorNames(row, words).name, bold: false, cells: cellsOf(row) },
    })),
  ]
  const names = MEASURES.map((metric) => t(`overview.metric.${metric}`))
  const headY = HEAD + 20
  const footY = headY + 12 + rows.length * ROW
  return {
    width: WIDTH,
    height: footY + FOOT,
    shapes: [
      ...headShapes(t('overview.vendors.title'), reply, subject, words),
      text(PADDING, headY, t('overview.vendors.vendor'), { soft: true }),
      ...names.map((name, k) => text(columnEnd(k), headY, name, { soft: true, end: true })),
      ...rows.flatMap(({ name, bold, cells }, i): Shape[] => {
        const y = headY + 12 + i * ROW
        return [
          {
            ...{ kind: 'line', stroke: LIGHT.line, width: 1 },
            points: [
              [PADDING, y],
              [WIDTH - PADDING, y],
            ],
          },
          text(PADDING, y + 21, name, { bold }),
          ...cells.map((cell, k) => text(columnEnd(k), y + 21, cellText(cell, words), { bold, end: true })),
        ]
      }),
      ...footShapes(footY, reply, words),
    ],
  }
}

const columnEnd = (k: number): number => PADDING + NAME_WIDTH + (k + 1) * COLUMN

function text(x: number, y: number, content: string, { bold = false, soft = false, end = false } = {}): Shape {
  const fill = soft ? LIGHT.second : LIGHT.text
  const maxWidth = end ? COLUMN - 8 : NAME_WIDTH
  return { kind: 'text', x, y, text: content, size: 13, bold, fill, align: end ? 'right' : 'left', maxWidth }
}

/** The count, and its rate with what it is of. What is not reported is a word, never 0 %. */
function cellText({ form, count, rate, basis }: Cell, { t, locale }: Words): string {
  if (form === 'unreported') return t('overview.delivery.unreported')
  if (form === 'unknown' || count === null) return t('overview.rate.unknown')
  const shown = form === 'at_least' ? t('overview.rate.atLeast', { n: exact(count) }) : exact(count)
  return rate === null ? shown : `${shown} · ${t(RATES[basis], { rate: percent(rate, locale) })}`
}

const RATES = {
  sendable: 'overview.rate.ofSendable',
  sent: 'overview.rate.ofSent',
  reporting: 'overview.rate.ofReporting',
  delivered: 'overview.rate.ofDelivered',
} as const
