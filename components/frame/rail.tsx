import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { Icon, Mark } from '@/components/ui/icon'
import { pageHref } from '@/lib/contract/links'
import { appParam, mayAdminister, mayLookUp, type Viewer } from './viewer'

export type Page = 'overview' | 'campaigns' | 'losses' | 'lookup' | 'system'

interface Props {
  viewer: Viewer
  current: Page
  words: Words
}

/** Returns the pages that this viewer may open. */
function links({ viewer, words }: Props) {
  const app = appParam(viewer)
  const pages: { page: Page; allowed: boolean }[] = [
    { page: 'overview', allowed: true },
    { page: 'campaigns', allowed: true },
    { page: 'losses', allowed: true },
    { page: 'lookup', allowed: mayLookUp(viewer) },
    { page: 'system', allowed: mayAdminister(viewer) },
  ]
  return pages
    .filter(({ allowed }) => allowed)
    .map(({ page }) => ({ page, href: pageHref(page, app), label: words.t(`common.nav.${page}`) }))
}

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
        {links(props).map(({ page, href, label }) => (
          <li key={page}>
            <Link
              prefetch={false}
              href={href}
              title={label}
              aria-current={page === current ? 'page' : undefined}
              className="flex min-h-9 items-center gap-3 rounded-6 px-2.5 text-second hover:bg-sunk hover:text-text aria-[current=page]:bg-sunk aria-[current=page]:font-semibold aria-[current=page]:text-text"
            >
              <Icon name={page} />
              <span className="max-lg:sr-only">{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Links to the same pages at the bottom of a screen below 640 px. */
export function BottomBar(props: Props) {
  const { words, current } = props
  return (
    <nav
      aria-label={words.t('common.nav.label')}
      className="no-print fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="flex">
        {links(props).map(({ page, href, label }) => (
          <li key={page} className="flex-1">
            <Link
              prefetch={false}
              href={href}
              aria-current={page === current ? 'page' : undefined}
              className="flex min-h-14 flex-col items-center justify-center gap-0.5 text-12 text-second aria-[current=page]:font-semibold aria-[current=page]:text-accent"
            >
              <Icon name={page} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
