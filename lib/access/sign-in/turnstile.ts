import 'server-only'
import { PushlensError } from '@/lib/contract/errors'

/** Lets `width` works run at once and `depth` wait, first come first served; the next is refused with `unavailable`. */
export function turnstile(width: number, depth: number) {
  let inside = 0
  const waiting: (() => void)[] = []

  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (inside >= width) {
      if (waiting.length >= depth) throw new PushlensError('unavailable', 'too many sign-ins at this moment')
      // Whoever leaves hands its place over, so `inside` stays as it is.
      await new Promise<void>((go) => waiting.push(go))
    } else {
      inside += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside -= 1
    }
  }
}
