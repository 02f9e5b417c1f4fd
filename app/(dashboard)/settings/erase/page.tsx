import { Forbidden } from '@/components/frame/forbidden'
import { pickMessages } from '@/components/i18n/messages'
import { EraseForm } from '@/components/user/erase-form'
import { readErasure } from '@/lib/http/pages/system'
import { appPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('user.erasing.title')

export default function ErasePage(props: PageProps) {
  return appPage(props, 'system', async ({ page, search, words }) => {
    const { t } = words
    const read = await readErasure(page, search)
    if ('error' in read) {
      if (read.error === 'forbidden') return <Forbidden app={page.app} needs="erase" words={words} />
      return { error: read.error }
    }
    return (
      <section className="card mx-auto max-w-150 space-y-3 p-5 sm:p-6">
        <h1 className="text-20 font-semibold">{t('user.erasing.title')}</h1>
        <p>{t('user.erasing.lead')}</p>
        <p className="text-13 text-second">{t('user.erasing.stays')}</p>
        <EraseForm
          app={page.app.id}
          userId={read.userId}
          locale={words.locale}
          messages={pickMessages(words.locale, ['errors', 'user'])}
        />
        <noscript>
          <p>{t('user.erasing.script')}</p>
        </noscript>
      </section>
    )
  })
}
