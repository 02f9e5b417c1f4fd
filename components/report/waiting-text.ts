import type { Words } from '@/components/i18n/words'
import { isAwaited } from '@/lib/contract/awaited'
import type { Freshness } from '@/lib/contract/freshness'

/** Returns the place in line as a sentence; null when no part of this request waits. */
export function waitingText(freshness: Freshness, { t }: Words): string | null {
  if (!isAwaited(freshness)) return null
  const { state, place, etaMs } = freshness
  if (place === null) return state === 'pending' ? t('overview.waiting.asking') : null
  return t('overview.waiting.place', { place, seconds: Math.max(1, Math.ceil((etaMs ?? 0) / 1000)) })
}
