import { appParam } from '@/components/frame/viewer'
import { Shares } from '@/components/shares/shares'
import { readShares } from '@/lib/http/pages/shares'
import { appPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('shares.title')

export default function SharesPage(props: PageProps) {
  return appPage(props, 'shares', async ({ page, search, words }) => {
    const read = await readShares(page, search)
    if ('error' in read) return { error: read.error }
    return <Shares app={page.app} appParam={appParam(page)} reply={read.reply} owners={read.owners} words={words} />
  })
}
