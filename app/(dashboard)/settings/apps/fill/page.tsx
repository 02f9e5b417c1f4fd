import { FillPage } from '@/components/apps/fill-page'
import { readFirstFill } from '@/lib/http/pages/apps'
import { appPage, type PageProps, pageTitle } from '../../../app-page'

export const generateMetadata = () => pageTitle('apps.fill.progress')

export default function FirstFill(props: PageProps) {
  return appPage(props, 'apps', async ({ page, words }) => {
    const read = await readFirstFill(page)
    return 'error' in read ? { error: read.error } : <FillPage {...read} words={words} />
  })
}
