'use client'
import type { ComponentProps, ComponentType } from 'react'
import type { SharedPageProps } from '@/components/report/share/shared-props'
import { SharedPage } from '@/components/shared-view/shared-page'
import type { SharedView as View } from '@/lib/contract/shares/view'

type Pages = { [P in View['page']]: () => Promise<ComponentType<SharedPageProps<P>>> }

/** The pages of a link. A visitor loads the script of those that are opened. */
const PAGES: Pages = {
  overview: async () => (await import('@/components/overview/shared-overview')).SharedOverview,
  losses: async () => (await import('@/components/losses/shared-losses')).SharedLosses,
  campaigns: async () => (await import('@/components/campaigns/shared-campaigns')).SharedCampaigns,
  campaign: async () => (await import('@/components/campaigns/campaign/shared-campaign')).SharedCampaign,
  lookup: async () => (await import('@/components/lookup/shared-lookup')).SharedLookup,
}

/** The page and its view have the same name, which the types of a table cannot say. */
const load = (page: View['page']) => PAGES[page]() as Promise<ComponentType<SharedPageProps>>

/** Renders a shared view with the components of the signed-in pages. */
export function SharedView(props: Omit<ComponentProps<typeof SharedPage>, 'load'>) {
  return <SharedPage {...props} load={load} />
}
