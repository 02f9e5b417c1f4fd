import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { Icon, Mark } from '@/components/ui/icon'
import { pageHref } from '@/lib/contract/links'
import { SETTINGS_PAGES, type SettingsPage } from '@/lib/contract/settings-pages'
import { appParam, mayAdminister, mayLookUp, settingsPages, type Viewer } from './viewer'

export type Page = 'overview' | 'campaigns' | 'losses' | 'lookup' | SettingsPage

interface Props {
  viewer: Viewer
  current: Page
  words: Words
}

/** Returns the pages that this viewer may open. */
function links({ viewer, words }: Props) {
  const app = appParam(viewer)
  const [settings] = settingsPages(viewer)
  const pages = [
    { entry: 'overview', page: 'overview' },
    { entry: 'campaigns', page: 'campaigns' },
    { entry: 'losses', page: 'losses' },
    { entry: 'lookup', page: mayLookUp(viewer) ? 'lookup' : null },
    { entry: 'shares', page: mayAdminister(viewer) ? 'shares' : null },
    { entry: 'settings', page: settings?.key ?? null },
  ] as const
  return pages.flatMap(({ entry, page }) =>
    page === null ? [] : [{ entry, href: pageHref(page, app), label: words.t(`common.nav.${entry}`) }],
  )
}

/** Returns the entry of the navigation that a page belongs to. The shares have one of their own, though they are settings. */
function entryOf(page: Page) {
  if (page === 'shares') return page
  return SETTINGS_PAGES.some(({ key }) => key === page) ? 'settings' : page
}

/** In the bottom bar the shares belong to the settings. */
const isCurrent = (entry: string, page: Page) => entry === (page === 'shares' ? 'settings' : entryOf(page))

/** Links to the pages in a side rail. Its words are hidden while it is narrow. */
export function Rail(props: Props) {
  const { words, current } = props
  return (
    <nav
      aria-label={words.t('common.nav.label')}
      className="no-print sticky top-0 hidden h-dvh w-14 shrink-0 flex-col gap-1 border-e border-line px-2 py-3 sm:flex lg:w-52"
    >
      <div className="mb-3 flex h-8 items-center gap-2 px-2 text-16 font-semibold">
        <Mark />
        <span className="max-lg:sr-only">{words.t('common.name')}</span>
      </div>
      <ul className="space-y-1">
        {links(props).map(({ entry, href, label }) => (
          <li key={entry}>
            <Link
              prefetch={false}
              href={href}
              title={label}
              aria-current={entry === entryOf(current) ? 'page' : undefined}
              className="flex min-h-9 items-center gap-3 rounded-6 px-2.5 text-second hover:bg-sunk hover:text-text aria-[current=page]:bg-sunk aria-[current=page]:font-semibold aria-[current=page]:text-text"
            >
              <Icon name={entry} />
              <span className="max-lg:sr-only">{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Links to the same pages at the bottom of a screen below 640 px. Shares are left out: the settings lead to them. */
export function BottomBar(props: Props) {
  const { words, current } = props
  return (
    <nav
      aria-label={words.t('common.nav.label')}
      className="no-print fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="flex">
        {links(props)
          .filter(({ entry }) => entry !== 'shares')
          .map(({ entry, href, label }) => (
            <li key={entry} className="flex-1">
              <Link
                prefetch={false}
                href={href}
                aria-current={isCurrent(entry, current) ? 'page' : undefined}
                className="flex min-h-14 flex-col items-center justify-center gap-0.5 text-12 text-second aria-[current=page]:font-semibold aria-[current=page]:text-accent"
              >
                <Icon name={entry} />
                {label}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}
