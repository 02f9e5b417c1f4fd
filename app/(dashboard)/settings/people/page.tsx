import { ForAdministrators } from '@/components/frame/for-administrators'
import { People } from '@/components/people/people'
import { readPeople } from '@/lib/http/pages/people'
import { framedPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('people.title')

export default function PeoplePage(props: PageProps) {
  return framedPage(props, 'people', async ({ page, words }) => {
    const read = await readPeople(page)
    if (!('error' in read)) {
      return <People {...read} apps={page.apps} tz={page.zone ?? page.app?.utcOffset ?? 'UTC'} words={words} />
    }
    return read.error === 'forbidden' ? <ForAdministrators page="people" words={words} /> : { error: read.error }
  })
}
