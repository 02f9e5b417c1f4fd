'use client'
import { useWhenIdle } from '@/components/ui/when-idle'
import type { SaveViewProps } from './save-view'

const load = () => import('./save-view')

/** Loads the form after the page: its menu is closed until then. */
export function SaveViewLater(props: SaveViewProps) {
  const loaded = useWhenIdle(load)
  return loaded && <loaded.SaveView {...props} />
}
