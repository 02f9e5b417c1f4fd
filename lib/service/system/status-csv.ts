import 'server-only'
import type { StatusReply } from '@/lib/contract/apps'
import { csvTable } from '@/lib/service/read/csv'

/** One lane, or how complete one kind of data is. Columns of the other kind are empty. */
interface StatusLine {
  now: string
  lane: StatusReply['lanes'][number] | null
  archive: StatusReply['archive'][number] | null
}

/** Returns the failed calls by reason: `upstream_too_fast 60018 ×3 2026-11-21T04:03:22Z; no answer ×1`. */
function failuresText(failures: StatusReply['lanes'][number]['failures']): string {
  return failures
    .map(({ code, upstreamCode, count, lastAt }) =>
      [code ?? 'no answer', upstreamCode, `×${count}`, lastAt].filter((part) => part !== null).join(' '),
    )
    .join('; ')
}

/** The state of an app as CSV: a row for each lane, then a row for each source and metric of the archive. */
export const statusCsv = csvTable({
  rows: ({ now, lanes, archive }: StatusReply): StatusLine[] => [
    ...lanes.map((lane) => ({ now, lane, archive: null })),
    ...archive.map((one) => ({ now, lane: null, archive: one })),
  ],
  columns: [
    { name: 'at', cell: ({ now }) => now },
    { name: 'row', cell: ({ lane }) => (lane ? 'lane' : 'archive') },
    { name: 'endpoint', cell: ({ lane }) => lane?.endpoint ?? null },
    { name: 'state', cell: ({ lane }) => lane?.state ?? null },
    { name: 'queue', cell: ({ lane }) => lane?.queue ?? null },
    { name: 'calls_today', cell: ({ lane }) => lane?.callsToday ?? null },
    { name: 'failed_today', cell: ({ lane }) => lane?.failedToday ?? null },
    { name: 'failures', cell: ({ lane }) => lane && failuresText(lane.failures) },
    { name: 'spacing_ms', cell: ({ lane }) => lane?.spacingMs ?? null },
    { name: 'paused_until', cell: ({ lane }) => lane?.pausedUntil ?? null },
    { name: 'last_call_at', cell: ({ lane }) => lane?.lastCallAt ?? null },
    { name: 'problem', cell: ({ lane }) => lane?.problem?.title ?? null },
    { name: 'source', cell: ({ archive }) => archive?.source ?? null },
    { name: 'metric', cell: ({ archive }) => archive?.metric ?? null },
    { name: 'held', cell: ({ archive }) => archive?.held ?? null },
    { name: 'expected', cell: ({ archive }) => archive?.expected ?? null },
    { name: 'lost', cell: ({ archive }) => archive?.lost ?? null },
    { name: 'pending', cell: ({ archive }) => archive?.pending ?? null },
    { name: 'next_loss_at', cell: ({ archive }) => archive?.nextLossAt ?? null },
    { name: 'eta_ms', cell: ({ archive }) => archive?.etaMs ?? null },
  ],
  demoColumn: 'note',
})
