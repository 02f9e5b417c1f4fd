'use client'
import { useWhenIdle } from '@/components/ui/when-idle'
import type { PageKeysProps } from './page-keys'

const load = () => import('./page-keys')

/** Loads the shortcuts after the page. */
export function PageKeysLater(props: PageKeysProps) {
  const loaded = useWhenIdle(load)
  return loaded && <loaded.PageKeys {...props} />
}
