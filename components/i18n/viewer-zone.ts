import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** Returns the viewer's zone. It is null on the server and in the first render, because both must be equal. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  )
}
