import type { Words } from '@/components/i18n/words'
import type { Freshness } from '@/lib/contract/freshness'

/** Returns the place in line as a sentence; null when no part of this request waits. */
export function waitingText({ state, place, etaMs, problem }: Freshness, { t }: Words): string | null {
  if (state === 'fresh' || problem) return null
  if (place === null) return state === 'pending' ? t('overview.waiting.asking') : null
  return t('overview.waiting.place', { place, seconds: Math.max(1, Math.ceil((etaMs ?? 0) / 1000)) })
}
