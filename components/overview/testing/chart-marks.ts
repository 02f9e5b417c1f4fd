/** Return what the drawing of a chart holds: the strokes of a line's runs, and the bars of a measure. */
export const strokes = (markup: string, line: string) =>
  [
    ...(markup.match(new RegExp(`<g class="${line}">(.*?)</g>`))?.[1] ?? '').matchAll(/<polyline points="([^"]+)"/g),
  ].map(([, points]) => points)
export const bars = (markup: string, line: string) =>
  markup
    .match(new RegExp(`<g class="bar ${line}"><path d="([^"]*)"`))?.[1]
    ?.split('z')
    .slice(0, -1)
