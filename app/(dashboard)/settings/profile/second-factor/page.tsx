import { pickMessages } from '@/components/i18n/messages'
import { RequiredRoles } from '@/components/profile/required-roles'
import { SecondFactor } from '@/components/profile/second-factor'
import { readSecondFactor } from '@/lib/http/pages/second-factor'
import { appPage, type PageProps, pageTitle } from '../../../app-page'

export const generateMetadata = () => pageTitle('second-factor.title')

export default function SecondFactorPage(props: PageProps) {
  return appPage(props, 'system', async ({ page, words: { locale, t } }) => {
    const { state, roles } = await readSecondFactor(page)
    const messages = pickMessages(locale, ['common', 'errors', 'second-factor'])
    return (
      <div className="max-w-200 space-y-4">
        <h1 className="sr-only">{t('second-factor.title')}</h1>
        <SecondFactor state={state} tz={page.app.utcOffset} locale={locale} messages={messages} />
        {roles && <RequiredRoles roles={roles} locale={locale} messages={messages} />}
      </div>
    )
  })
}
