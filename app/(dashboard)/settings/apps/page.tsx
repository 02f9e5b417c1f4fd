import { AppsPage } from '@/components/apps/apps-page'
import { readApps } from '@/lib/http/pages/apps'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('apps.title')

export default function Apps(props: PageProps) {
  return framedPage(props, 'apps', async ({ page, words }) => {
    const read = await readApps(page)
    return 'error' in read ? { error: read.error } : <AppsPage apps={read.items} words={words} />
  })
}
