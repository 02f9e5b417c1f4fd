import { Tokens } from '@/components/tokens/tokens'
import { readTokens } from '@/lib/http/pages/tokens'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('tokens.title')

export default function TokensPage(props: PageProps) {
  return framedPage(props, 'tokens', async ({ page, words }) => {
    const read = await readTokens(page)
    if ('error' in read) return { error: read.error }
    const { reply, nowMs } = read
    return <Tokens reply={reply} nowMs={nowMs} apps={page.apps} tz={page.app?.utcOffset ?? 'UTC'} words={words} />
  })
}
