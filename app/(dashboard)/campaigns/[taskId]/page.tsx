import { Campaign } from '@/components/campaigns/campaign/campaign'
import { appParam, mayAdminister, mayEdit, mayLookUp } from '@/components/frame/viewer'
import { reportOffer } from '@/components/report/share/offer'
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
        offer={
          mayAdminister(page)
            ? reportOffer({
                app: page.app.id,
                tz: page.app.utcOffset,
                name: read.view.task?.label || taskId,
                page: 'campaigns',
                source: 'task',
                range: null,
                tasks: [taskId],
              })
            : null
        }
        read={read}
        words={words}
      />
    )
  })
}
