import { appParam, mayEdit } from '@/components/frame/viewer'
import { Losses } from '@/components/losses/losses'
import { DEFAULT_GROUPING, GROUPINGS } from '@/lib/contract/links'
import { readLosses } from '@/lib/http/pages/losses'
import { appPage, type PageProps, pageTitle } from '../app-page'

export const generateMetadata = () => pageTitle('losses.title')

export default function LossesPage(props: PageProps) {
  return appPage(props, 'losses', async ({ page, search, words }) => {
    const answer = await readLosses(page, search, ['group'])
    if ('error' in answer) return { error: answer.error }
    return (
      <Losses
        app={page.app.id}
        appParam={appParam(page)}
        view={answer.query}
        grouping={GROUPINGS.find((name) => name === search.group) ?? DEFAULT_GROUPING}
        mayEdit={mayEdit(page)}
        subject={{ app: page.app.name, sdkAppId: page.app.sdkAppId, demo: page.app.demo }}
        reply={answer.reply}
        tag={answer.tag}
        words={words}
      />
    )
  })
}
