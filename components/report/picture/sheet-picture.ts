import { LIGHT, PADDING, type Picture, type Shape, WIDTH } from './shapes'

/** A table with what is needed to read it alone: whose data it is, of when, in which zone, and how complete. */
export interface Sheet {
  title: string
  /** App, range and zone. */
  about: string
  /** The note of a demo; null for real data. */
  demo: string | null
  /** `share` is the width, in parts of all columns. Numbers are at the end of their column. */
  columns: readonly { name: string; share: number; end?: boolean }[]
  rows: readonly SheetRow[]
  /** Lines below the table: as-of time, coverage and remarks. */
  foot: readonly string[]
}

/** A row without some of its last cells leaves them empty. A head is a bold line over the rows below it. */
export interface SheetRow {
  cells: readonly string[]
  bold?: boolean
}

const [HEAD, ROW, FOOT_LINE] = [88, 32, 18]
const INNER = WIDTH - 2 * PADDING
/** Room between two columns. */
const GAP = 12

/** Draws a table as a picture. */
export function sheetPicture({ title, about, demo, columns, rows, foot }: Sheet): Picture {
  const all = columns.reduce((sum, { share }) => sum + share, 0)
  let x = PADDING
  const places = columns.map(({ share, end = false }) => {
    const width = (share / all) * INNER
    const place = { start: x, width: width - GAP, end }
    x += width
    return place
  })
  const line = (cells: readonly string[], y: number, style: { bold?: boolean; soft?: boolean }): Shape[] =>
    cells.flatMap((text, k): Shape[] => {
      const place = places[k]
      if (!place || text === '') return []
      // A line without further cells, such as the name of a group, has the whole width.
      const isAlone = cells.length === 1
      return [cellShape(text, y, isAlone ? { ...place, width: INNER } : place, style)]
    })
  const headY = HEAD + 20
  const footY = headY + 12 + rows.length * ROW
  return {
    width: WIDTH,
    height: footY + 24 + foot.length * FOOT_LINE,
    shapes: [
      ...headShapes(title, about, demo),
      ...line(
        columns.map(({ name }) => name),
        headY,
        { soft: true },
      ),
      ...rows.flatMap(({ cells, bold = false }, i): Shape[] => {
        const y = headY + 12 + i * ROW
        return [rule(y), ...line(cells, y + 21, { bold })]
      }),
      rule(footY),
      ...foot.map((text, i): Shape => textShape(text, footY + 24 + i * FOOT_LINE, { size: 12, fill: LIGHT.second })),
    ],
  }
}

/** Writes title, app, range and zone, so that a picture can stand alone. A demo says that its data is invented. */
export function headShapes(title: string, about: string, demo: string | null): Shape[] {
  const invented = { kind: 'text', y: 46, size: 14, bold: true, fill: LIGHT.warn, align: 'right' } as const
  return [
    { ...textShape(title, 46, { size: 20, fill: LIGHT.text }), bold: true, maxWidth: WIDTH - 2 * PADDING - 220 },
    textShape(about, 70, { size: 14, fill: LIGHT.second }),
    ...(demo === null ? [] : [{ ...invented, text: demo, x: WIDTH - PADDING }]),
  ]
}

function textShape(text: string, y: number, { size, fill }: { size: number; fill: string }) {
  return { kind: 'text' as const, x: PADDING, y, text, size, fill, maxWidth: INNER }
}

interface Place {
  start: number
  width: number
  end: boolean
}

function cellShape(
  text: string,
  y: number,
  { start, width, end }: Place,
  { bold = false, soft = false }: { bold?: boolean; soft?: boolean },
): Shape {
  const fill = soft ? LIGHT.second : LIGHT.text
  const x = end ? start + width : start
  return { kind: 'text', x, y, text, size: 13, bold, fill, align: end ? 'right' : 'left', maxWidth: width }
}

function rule(y: number): Shape {
  return {
    ...{ kind: 'line', stroke: LIGHT.line, width: 1 },
    points: [
      [PADDING, y],
      [WIDTH - PADDING, y],
    ],
  }
}
