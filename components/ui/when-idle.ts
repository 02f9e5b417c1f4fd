'use client'
import { startTransition, useEffect, useState } from 'react'

/** Safari has no idle callback. */
const SOON_MS = 200

/**
 * Loads a part of a page once the browser has nothing else to do; null until then. `load` must be the same function in
 * every render. If the script cannot be loaded, the page stays as it is.
 */
export function useWhenIdle<T extends object>(load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<T | null>(null)
  useEffect(() => {
    let here = true
    const begin = () => {
      load().then(
        (part) => here && startTransition(() => setLoaded(part)),
        () => undefined,
      )
    }
    const isKnown = typeof requestIdleCallback === 'function'
    const handle = isKnown ? requestIdleCallback(begin) : setTimeout(begin, SOON_MS)
    return () => {
      here = false
      if (isKnown) cancelIdleCallback(Number(handle))
      else clearTimeout(handle)
    }
  }, [load])
  return loaded
}
