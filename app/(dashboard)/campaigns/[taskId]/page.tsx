import { Campaign } from '@/components/campaigns/campaign/campaign'
import { appParam, mayEdit, mayLookUp } from '@/components/frame/viewer'
import { readCampaign } from '@/lib/http/pages/campaign'
import { appPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('campaign.title')

export default async function CampaignPage({ params, ...props }: PageProps & { params: Promise<{ taskId: string }> }) {
  const { taskId } = await params
  return appPage(props, 'campaigns', async ({ page, search, words }) => {
    const read = await readCampaign(page, taskId)
    if ('error' in read) return { error: read.error }
    return (
      <Campaign
        app={page.app}
        appParam={appParam(page)}
        mayEdit={mayEdit(page)}
        mayLookUp={mayLookUp(page)}
        isEditing={search.edit === '1'}
        read={read}
        words={words}
      />
    )
  })
}
