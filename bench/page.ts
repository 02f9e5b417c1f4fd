import { type Figure, isWithinLimit, limitText, valueText } from './figures'

/** docs/bench.md: what was run, when and on what, and each figure beside its limit. */
export function reportPage(at: Date, machine: string[], parts: { title: string; figures: Figure[] }[]): string {
  const day = at.toISOString().slice(0, 16).replace('T', ' ')
  return [
    '# Measured',
    '',
    `\`npm run bench\`, ${day} UTC, on ${machine.join(', ')}. The page is written by the command.`,
    '',
    'A row is what one vendor, or one code of one vendor, has in a window, and the upstream’s own total; windows hold 9 to',
    '25 of them. Times are the 95th of 100 samples one after the other, each question worded anew so that none is answered',
    'by the one before.',
    ...parts.flatMap(({ title, figures }) => ['', `## ${title}`, '', ...table(figures)]),
    '',
  ].join('\n')
}

function table(figures: Figure[]): string[] {
  const rows = figures.map((figure) => {
    const verdict = figure.limit === null ? '' : isWithinLimit(figure) ? 'holds' : '**missed**'
    return `| ${figure.what} | ${valueText(figure)} | ${limitText(figure)} | ${verdict} | ${figure.note ?? ''} |`
  })
  return ['| what | measured | limit | | how |', '|---|---|---|---|---|', ...rows]
}
