import { Campaigns } from '@/components/campaigns/campaigns'
import { appParam, mayAdminister, mayEdit } from '@/components/frame/viewer'
import { reportOffer } from '@/components/report/share/offer'
import { readTasks } from '@/lib/http/pages/campaigns'
import { readViews } from '@/lib/http/pages/views'
import { appPage, type PageProps, pageTitle } from '../app-page'

export const generateMetadata = () => pageTitle('campaigns.title')

export default function CampaignsPage(props: PageProps) {
  return appPage(props, 'campaigns', async ({ page, search, words }) => {
    const [read, views] = await Promise.all([readTasks(page, search), readViews(page)])
    if ('error' in read) return { error: read.error }
    const { tag } = read.query
    return (
      <Campaigns
        app={page.app}
        appParam={appParam(page)}
        mayWrite={mayEdit(page)}
        edit={typeof search.edit === 'string' ? search.edit : null}
        add={search.add === '1'}
        read={read}
        views={views}
        offer={
          mayAdminister(page)
            ? reportOffer({
                app: page.app.id,
                tz: page.app.utcOffset,
                name: tag ?? words.t('campaigns.title'),
                page: 'campaigns',
                source: 'task',
                range: null,
                tag: tag === undefined ? null : { tag },
              })
            : null
        }
        words={words}
      />
    )
  })
}
