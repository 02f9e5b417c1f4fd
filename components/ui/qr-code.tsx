import { encode } from 'uqr'

/** The quiet border that scanners need, in modules. */
const BORDER = 4

/** Draws a QR code, black on white in both themes: many scanners do not read the opposite. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { ecc: 'M', border: BORDER })
  return (
    <svg role="img" viewBox={`0 0 ${size} ${size}`} className="size-52 shrink-0 rounded-6" shapeRendering="crispEdges">
      <title>{label}</title>
      <rect width={size} height={size} fill="#fff" />
      <path d={data.map(rowPath).join('')} fill="#000" />
    </svg>
  )
}

/** Returns one rectangle per run of dark modules. */
function rowPath(row: boolean[], y: number): string {
  const runs: string[] = []
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue
    const start = x
    while (row[x + 1]) x += 1
    runs.push(`M${start} ${y}h${x - start + 1}v1H${start}z`)
  }
  return runs.join('')
}
