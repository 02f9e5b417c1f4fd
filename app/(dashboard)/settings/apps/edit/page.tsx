import { EditPage } from '@/components/apps/edit-page'
import { readAppSettings } from '@/lib/http/pages/apps'
import { appPage, type PageProps, pageTitle } from '../../../app-page'

export const generateMetadata = () => pageTitle('apps.title')

export default function EditApp(props: PageProps) {
  return appPage(props, 'apps', async ({ page, words }) => {
    const read = await readAppSettings(page)
    return 'error' in read ? { error: read.error } : <EditPage {...read} words={words} />
  })
}
