import { ROUTES } from '@/app/api/v1/openapi.json/routes'
import { ApiReference } from '@/components/api-reference/api-reference'
import { readApi } from '@/lib/http/pages/api-reference'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('api-docs.title')

export default function ApiReferencePage(props: PageProps) {
  return framedPage(props, 'api', async ({ page, search, words }) => {
    const api = await readApi(ROUTES)
    if ('error' in api) return { error: api.error }
    const { operation } = search
    return (
      <ApiReference
        api={api}
        chosen={typeof operation === 'string' ? operation : null}
        app={page.app?.id ?? ''}
        mayCreateTokens={page.administersAll}
        words={words}
      />
    )
  })
}
