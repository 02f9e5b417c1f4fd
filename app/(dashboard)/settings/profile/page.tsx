import { pickMessages } from '@/components/i18n/messages'
import { preferences } from '@/components/i18n/preferences'
import { Profile } from '@/components/profile/profile'
import { SecondFactor } from '@/components/profile/second-factor'
import { readProfile } from '@/lib/http/pages/people'
import { readSecondFactor } from '@/lib/http/pages/second-factor'
import { readViews } from '@/lib/http/pages/views'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('profile.title')

export default function ProfilePage(props: PageProps) {
  return framedPage(props, 'profile', async ({ page, words, theme }) => {
    const [read, secondFactor, views, { keys }] = await Promise.all([
      readProfile(page),
      readSecondFactor(page),
      readViews(page, { everyApp: true }),
      preferences(),
    ])
    if ('error' in read) return { error: read.error }
    const { zone, apps } = page
    const tz = zone ?? page.app?.utcOffset ?? 'UTC'
    const messages = pickMessages(words.locale, ['common', 'errors', 'second-factor'])
    return (
      <Profile {...read} apps={apps} zone={zone} tz={tz} theme={theme} keys={keys} views={views} words={words}>
        <SecondFactor state={secondFactor} tz={tz} locale={words.locale} messages={messages} />
      </Profile>
    )
  })
}
