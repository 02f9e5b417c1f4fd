import 'server-only'
import pLimit from 'p-limit'
import { PushlensError } from '@/lib/contract/errors'

/** Runs at most `concurrency` tasks at once and queues `queueSize` more in order; refuses the next with `unavailable`. */
export function createHashLimiter(concurrency: number, queueSize: number) {
  const limit = pLimit(concurrency)

  return async function run<T>(task: () => Promise<T>): Promise<T> {
    if (limit.activeCount >= concurrency && limit.pendingCount >= queueSize) {
      throw new PushlensError('unavailable', 'too many sign-ins at this moment')
    }
    return limit(task)
  }
}
