import { appParam, mayAdminister, mayEdit } from '@/components/frame/viewer'
import { Losses } from '@/components/losses/losses'
import { reportOffer } from '@/components/report/share/offer'
import { DEFAULT_GROUPING, GROUPINGS } from '@/lib/contract/links'
import { readLosses } from '@/lib/http/pages/losses'
import { readViews } from '@/lib/http/pages/views'
import { appPage, type PageProps, pageTitle } from '../app-page'

export const generateMetadata = () => pageTitle('losses.title')

export default function LossesPage(props: PageProps) {
  return appPage(props, 'losses', async ({ page, search, words }) => {
    const [answer, views] = await Promise.all([readLosses(page, search, ['group']), readViews(page)])
    if ('error' in answer) return { error: answer.error }
    return (
      <Losses
        app={page.app.id}
        appParam={appParam(page)}
        view={{ ...answer.query, tag: answer.tag?.tag }}
        grouping={GROUPINGS.find((name) => name === search.group) ?? DEFAULT_GROUPING}
        mayEdit={mayEdit(page)}
        subject={{ app: page.app.name, sdkAppId: page.app.sdkAppId, demo: page.app.demo }}
        reply={answer.reply}
        tag={answer.tag}
        nowMs={answer.nowMs}
        views={views}
        offer={
          mayAdminister(page)
            ? reportOffer({
                app: page.app.id,
                tz: page.app.utcOffset,
                name: `${page.app.name}: ${words.t('losses.title')}`,
                page: 'losses',
                source: answer.query.source,
                range: answer.reply.range,
                tasks: answer.query.task,
                tag: answer.tag,
                vendor: answer.query.vendor,
              })
            : null
        }
        words={words}
      />
    )
  })
}
