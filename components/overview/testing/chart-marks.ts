/** Returns the strokes of a line, one per run. */
export const strokes = (markup: string, line: string) =>
  [
    ...(markup.match(new RegExp(`<g class="${line}">(.*?)</g>`))?.[1] ?? '').matchAll(/<polyline points="([^"]+)"/g),
  ].map(([, points]) => points)

/** Returns the bars of a measure. */
export const bars = (markup: string, line: string) =>
  markup
    .match(new RegExp(`<g class="bar ${line}"><path d="([^"]*)"`))?.[1]
    ?.split('z')
    .slice(0, -1)

/** Returns the texts of the cells in every row of the first table. */
export const tableRows = (markup: string) =>
  markup
    .split('<tbody>')[1]
    ?.split('<tr')
    .slice(1)
    .map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text))
