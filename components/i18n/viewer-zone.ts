import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** The zone of whoever looks; null on the server and in the first drawing, which must be the same. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  )
}
