import { LIGHT, type Picture, type Shape, type TextShape } from './shapes'

/** Pixels per CSS pixel, for screens and print. */
const DENSITY = 2

/** Paints a picture with the fonts of the page and returns it as PNG. Throws where the browser cannot. */
export async function paintPng({ width, height, shapes }: Picture): Promise<Blob> {
  await document.fonts.ready
  const canvas = Object.assign(document.createElement('canvas'), { width: width * DENSITY, height: height * DENSITY })
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser has no canvas')
  pen.scale(DENSITY, DENSITY)
  pen.fillStyle = LIGHT.surface
  pen.fillRect(0, 0, width, height)
  const family = getComputedStyle(document.body).fontFamily
  for (const shape of shapes) paint(pen, shape, family)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('the picture is empty')
  return blob
}

function paint(pen: CanvasRenderingContext2D, shape: Shape, family: string): void {
  if (shape.kind === 'text') {
    write(pen, shape, family)
    return
  }
  pen.globalAlpha = 'opacity' in shape ? (shape.opacity ?? 1) : 1
  if (shape.kind === 'rect') {
    pen.fillStyle = shape.fill
    pen.fillRect(shape.x, shape.y, shape.width, shape.height)
  } else {
    pen.beginPath()
    for (const [x, y] of shape.points) pen.lineTo(x, y)
    if (shape.kind === 'area') {
      pen.fillStyle = shape.fill
      pen.fill()
    } else {
      pen.strokeStyle = shape.stroke
      pen.lineWidth = shape.width
      pen.setLineDash([...(shape.dash ?? [])])
      pen.stroke()
    }
  }
  pen.globalAlpha = 1
}

function write(pen: CanvasRenderingContext2D, shape: TextShape, family: string): void {
  pen.font = `${shape.bold ? 600 : 400} ${shape.size}px ${family}`
  pen.fillStyle = shape.fill
  pen.textAlign = shape.align ?? 'left'
  pen.fillText(
    fitted(shape, (text) => pen.measureText(text).width),
    shape.x,
    shape.y,
  )
}

/** Cuts a text to its width, whole characters only. */
function fitted({ text, maxWidth }: TextShape, widthOf: (text: string) => number): string {
  if (maxWidth === undefined || widthOf(text) <= maxWidth) return text
  const characters = [...text]
  while (characters.length > 0 && widthOf(`${characters.join('')}…`) > maxWidth) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
