'use client'
import type { ReactNode } from 'react'
import { useWhenIdle } from '@/components/ui/when-idle'
import type { LiveChangesProps } from './live-changes'

const load = () => import('./live-changes')

/** Shows what changed as the server rendered it, until the script that refreshes and copies it has loaded. */
export function ChangesIsland({ rendered, ...props }: LiveChangesProps & { rendered: ReactNode }) {
  const loaded = useWhenIdle(load)
  return loaded ? <loaded.LiveChanges {...props} /> : rendered
}
