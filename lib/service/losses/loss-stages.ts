import 'server-only'
import type { LossStageReply } from '@/lib/contract/losses'
import type { Source } from '@/lib/contract/sources'
import { lossReport } from '@/lib/report/losses/loss-report'
import type { ResolvedRange } from '@/lib/report/range/range'
import type { Life } from '@/lib/report/tasks/life'
import type { ReadLosses } from '@/lib/service/read/losses/merged-losses'
import { readLosses } from '@/lib/service/read/losses/read-losses'
import { readReporting } from '@/lib/service/read/read-receipts'
import type { ReaderContext } from '@/lib/service/read/reader'
import type { AppRow } from '@/lib/store/people/apps'
import words from '@/messages/en/reasons.json'
import { readLifeLosses } from './read-life-losses'

interface StagesQuestion {
  app: AppRow
  source: Source
  /** [''] is the overall. */
  tasks: string[]
  range: ResolvedRange
  /** The lives of the tasks, where they are read instead of the range. */
  lives?: Life[] | null
  vendor?: string | undefined
}

/** The losses of one range: the requested one, or the one it is compared with. */
export interface RangeLosses {
  range: ResolvedRange
  read: ReadLosses
  stages: LossStageReply[]
}

/** Returns the losses of a range by stage. With `waitMs` null nothing is requested. */
export async function readLossStages(
  ctx: ReaderContext,
  { app, source, tasks, range, lives = null, vendor }: StagesQuestion,
  waitMs: number | null,
): Promise<RangeLosses> {
  const [read, { reporting }] = await Promise.all([
    lives ? readLifeLosses(ctx, { app, lives }, waitMs) : readLosses(ctx, { app, source, tasks, range }, waitMs),
    readReporting(ctx, app, source),
  ])
  return { range, read, stages: lossReport({ windows: read.windows, reporting, vendor, titles: words.title }) }
}
