import { appParam, mayAdminister } from '@/components/frame/viewer'
import { Overview } from '@/components/overview/overview'
import { readOverview } from '@/lib/http/pages/overview'
import { appPage, type PageProps, pageTitle } from './app-page'

export const generateMetadata = () => pageTitle('overview.title')

export default function OverviewPage(props: PageProps) {
  return appPage(props, 'overview', async ({ page, search, words }) => {
    const answer = await readOverview(page, search)
    if ('error' in answer) return { error: answer.error }
    return (
      <Overview
        app={page.app.id}
        appParam={appParam(page)}
        view={answer.query}
        mayCheck={mayAdminister(page)}
        reply={answer.reply}
        top={answer.top}
        changes={answer.changes}
        demo={page.app.demo}
        words={words}
      />
    )
  })
}
