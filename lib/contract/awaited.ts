import type { Freshness } from './freshness'

/** Returns whether an answer or a better one is on its way. Only then may a page draw placeholders. It is apart from the schemas. */
export function isAwaited({ state, problem }: Freshness): boolean {
  return (state === 'pending' || state === 'stale') && problem === null
}
