import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** Tells whether scripts run. A form that only scripts can send is disabled before. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
