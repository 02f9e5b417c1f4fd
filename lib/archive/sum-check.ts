import 'server-only'
import { METRICS, type Metric, SOURCES, type Source } from '@/lib/contract/sources'
import { type AddUp, addUp } from '@/lib/report/collect/probe'
import type { Store } from '@/lib/store/store'

/** Whether stored buckets added up to the exact window of the same range, when both were last compared. */
interface SumCheck {
  /** Epoch seconds. */
  at: number
  verdict: AddUp
}

type Settings = Store['settings']

const setting = (appId: string, source: Source, metric: Metric) => `sums:${appId}:${source}:${metric}`

/**
 * Stores whether the sum of a range's buckets is its exact total: pushes sent, or losses with a code. Stores nothing
 * where too little is known to tell.
 */
export async function saveSumCheck(
  settings: Pick<Settings, 'set'>,
  subject: { appId: string; source: Source; metric: Metric },
  found: { at: number; sum: number | null; exact: number | null },
): Promise<void> {
  const verdict = addUp([found.sum], found.exact)
  if (verdict === null) return
  const check: SumCheck = { at: found.at, verdict }
  await settings.set(setting(subject.appId, subject.source, subject.metric), JSON.stringify(check))
}

/** Returns `differ` if the last comparison of any source and metric found a difference; null without a comparison. */
export async function readSumCheck(settings: Pick<Settings, 'get'>, appId: string): Promise<AddUp | null> {
  const keys = SOURCES.flatMap((source) => METRICS.map((metric) => setting(appId, source, metric)))
  const texts = await Promise.all(keys.map((key) => settings.get(key)))
  // Only `saveSumCheck` writes these settings.
  const verdicts = texts.flatMap((text) => (text === null ? [] : [(JSON.parse(text) as SumCheck).verdict]))
  if (verdicts.length === 0) return null
  return verdicts.includes('differ') ? 'differ' : 'add_up'
}
