import { ForAdministrators } from '@/components/frame/for-administrators'
import { pickMessages } from '@/components/i18n/messages'
import { People } from '@/components/people/people'
import { RequiredRoles } from '@/components/people/required-roles'
import { readPeople } from '@/lib/http/pages/people'
import { readRequiredRoles } from '@/lib/http/pages/second-factor'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('people.title')

export default function PeoplePage(props: PageProps) {
  return framedPage(props, 'people', async ({ page, words }) => {
    const read = await readPeople(page)
    if ('error' in read) {
      return read.error === 'forbidden' ? <ForAdministrators page="people" words={words} /> : { error: read.error }
    }
    const messages = pickMessages(words.locale, ['common', 'errors', 'second-factor'])
    return (
      <People {...read} apps={page.apps} tz={page.zone ?? page.app?.utcOffset ?? 'UTC'} words={words}>
        <RequiredRoles roles={await readRequiredRoles()} locale={words.locale} messages={messages} />
      </People>
    )
  })
}
