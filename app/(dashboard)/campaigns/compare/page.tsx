import { Compare } from '@/components/campaigns/compare/compare'
import { appParam } from '@/components/frame/viewer'
import { readComparison } from '@/lib/http/pages/campaign'
import { appPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('campaign.compare.title')

export default function ComparePage(props: PageProps) {
  return appPage(props, 'campaigns', async ({ page, search, words }) => {
    const read = await readComparison(page, search)
    if ('error' in read) return { error: read.error }
    return <Compare app={page.app} appParam={appParam(page)} read={read} words={words} />
  })
}
