import { Audit } from '@/components/audit/audit'
import { ForAdministrators } from '@/components/frame/for-administrators'
import { appParam } from '@/components/frame/viewer'
import { readAudit } from '@/lib/http/pages/audit'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('audit.title')

export default function AuditPage(props: PageProps) {
  return framedPage(props, 'audit', async ({ page, search, words }) => {
    const read = await readAudit(page, search)
    if (!('error' in read)) return <Audit appParam={appParam(page)} apps={page.apps} read={read} words={words} />
    return read.error === 'forbidden' ? <ForAdministrators page="audit" words={words} /> : { error: read.error }
  })
}
