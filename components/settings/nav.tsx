import Link from 'next/link'
import { appParam, settingsPages, type Viewer } from '@/components/frame/viewer'
import type { Words } from '@/components/i18n/words'
import { pageHref } from '@/lib/contract/links'
import type { SettingsPage } from '@/lib/contract/settings-pages'

interface Props {
  viewer: Viewer
  current: SettingsPage
  words: Words
}

/** Links to the pages of the settings that this viewer may open. */
export function SettingsNav({ viewer, current, words }: Props) {
  return (
    <nav aria-label={words.t('settings.label')} className="no-print mb-5 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {settingsPages(viewer).map(({ key }) => (
          <li key={key}>
            <Link
              prefetch={false}
              href={pageHref(key, appParam(viewer))}
              aria-current={key === current ? 'page' : undefined}
              className="flex min-h-10 items-center border-b-2 border-transparent px-3 text-second hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-text max-sm:min-h-11"
            >
              {words.t(`settings.nav.${key}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
