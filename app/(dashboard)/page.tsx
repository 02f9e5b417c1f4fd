import { appParam, mayAdminister, mayEdit } from '@/components/frame/viewer'
import { Overview } from '@/components/overview/overview'
import { reportOffer } from '@/components/report/share/offer'
import { readOverview } from '@/lib/http/pages/overview'
import { openStartPage, readViews } from '@/lib/http/pages/views'
import { appPage, type PageProps, pageTitle } from './app-page'

export const generateMetadata = () => pageTitle('overview.title')

export default function OverviewPage(props: PageProps) {
  return appPage(props, 'overview', async ({ page, search, words }) => {
    await openStartPage(page, search)
    const [answer, views] = await Promise.all([readOverview(page, search), readViews(page)])
    if ('error' in answer) return { error: answer.error }
    return (
      <Overview
        app={page.app.id}
        appParam={appParam(page)}
        view={{ ...answer.query, ...answer.view, tag: answer.tag?.tag }}
        sort={answer.sort}
        annotations={answer.annotations}
        mayNote={mayEdit(page)}
        subject={{ app: page.app.name, sdkAppId: page.app.sdkAppId, demo: page.app.demo }}
        mayCheck={mayAdminister(page)}
        reply={answer.reply}
        top={answer.top}
        tag={answer.tag}
        nowMs={answer.nowMs}
        views={views}
        changes={answer.changes}
        offer={
          mayAdminister(page)
            ? reportOffer({
                app: page.app.id,
                tz: page.app.utcOffset,
                name: `${page.app.name}: ${words.t('overview.title')}`,
                page: 'overview',
                source: answer.query.source,
                range: answer.reply.range,
                tasks: answer.query.task,
                tag: answer.tag,
              })
            : null
        }
        words={words}
      />
    )
  })
}
