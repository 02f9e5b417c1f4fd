import 'server-only'
import type { LRUCache } from 'lru-cache'
import type { ReportContext } from '@/lib/service/context'

/**
 * Makes one value for all identical requests of a second. `key` names everything the value is made of, above all the
 * archive's revision, since another process may have written. A failure, or a value that `isLasting` rejects, is shared
 * only until it is there.
 */
export function shareWithinSecond<T>(
  { clock, caches }: Pick<ReportContext, 'clock' | 'caches'>,
  cache: LRUCache<string, Promise<T>>,
  key: string,
  { make, isLasting = () => true }: { make: () => Promise<T>; isLasting?: (value: T) => boolean },
): Promise<T> {
  const keyOfSecond = `${clock.dataS()} ${key}`
  const shared = cache.get(keyOfSecond)
  if (shared) return shared
  const made = caches.outside(make)
  cache.set(keyOfSecond, made)
  const forget = () => {
    if (cache.peek(keyOfSecond) === made) cache.delete(keyOfSecond)
  }
  made.then((value) => isLasting(value) || forget(), forget)
  return made
}
