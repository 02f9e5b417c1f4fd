import { ConnectPage } from '@/components/apps/connect-page'
import { readDraft } from '@/lib/http/pages/apps'
import { framedPage, type PageProps, pageTitle } from '../../../app-page'

export const generateMetadata = () => pageTitle('apps.connect')

export default function Connect(props: PageProps) {
  return framedPage(props, 'apps', async ({ page, search, words }) => {
    const read = await readDraft(page, search)
    return 'error' in read ? { error: read.error } : <ConnectPage draft={read.draft} words={words} />
  })
}
