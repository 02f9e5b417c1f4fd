import { type Figure, isWithinLimit, limitText, valueText } from './figures'

/** Renders docs/bench.md: command, date, machine, and each figure with its limit. */
export function reportPage(at: Date, machine: string[], parts: { title: string; figures: Figure[] }[]): string {
  const day = at.toISOString().slice(0, 16).replace('T', ' ')
  return [
    '# Benchmark',
    '',
    `Written by \`npm run bench\`, ${day} UTC, on ${machine.join(', ')}.`,
    '',
    'A row is one vendor, or one code of one vendor, in one window, or the upstream’s own total. A window has 9 to 25 rows.',
    'Times are the 95th percentile of 100 sequential samples. Each sample uses a different query, so that no sample reads a',
    'cached reply.',
    ...parts.flatMap(({ title, figures }) => ['', `## ${title}`, '', ...table(figures)]),
    '',
  ].join('\n')
}

function table(figures: Figure[]): string[] {
  const rows = figures.map((figure) => {
    const verdict = figure.limit === null ? '' : isWithinLimit(figure) ? 'met' : '**missed**'
    return `| ${figure.what} | ${valueText(figure)} | ${limitText(figure)} | ${verdict} | ${figure.note ?? ''} |`
  })
  return ['| figure | measured | limit | | details |', '|---|---|---|---|---|', ...rows]
}
