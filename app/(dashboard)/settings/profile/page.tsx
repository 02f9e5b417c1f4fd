import { Profile } from '@/components/profile/profile'
import { readProfile } from '@/lib/http/pages/people'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('profile.title')

export default function ProfilePage(props: PageProps) {
  return framedPage(props, 'profile', async ({ page, words, theme }) => {
    const read = await readProfile(page)
    if ('error' in read) return { error: read.error }
    const { zone, apps } = page
    return (
      <Profile
        {...read}
        apps={apps}
        zone={zone}
        tz={zone ?? page.app?.utcOffset ?? 'UTC'}
        theme={theme}
        words={words}
      />
    )
  })
}
