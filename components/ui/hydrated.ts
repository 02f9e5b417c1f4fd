import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** Whether scripts have taken over. A form that only they can send is not to be sent before. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
