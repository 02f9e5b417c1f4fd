import { ForAdministrators } from '@/components/frame/for-administrators'
import { appParam } from '@/components/frame/viewer'
import { Retention } from '@/components/retention/retention'
import { readRetention } from '@/lib/http/pages/retention'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('retention.title')

export default function RetentionPage(props: PageProps) {
  return framedPage(props, 'retention', async ({ page, search, words }) => {
    const read = await readRetention(page, search)
    if (!('error' in read)) return <Retention appParam={appParam(page)} {...read} words={words} />
    return read.error === 'forbidden' ? <ForAdministrators page="retention" words={words} /> : { error: read.error }
  })
}
