'use client'
import { useWhenIdle } from '@/components/ui/when-idle'
import type { BoxCampaignsProps } from './box-campaigns'

const load = () => import('./box-campaigns')

/** Loads the list of campaigns below the box after the page: nobody types before that. */
export function BoxCampaignsLater(props: BoxCampaignsProps) {
  const loaded = useWhenIdle(load)
  return loaded && <loaded.BoxCampaigns {...props} />
}
