import type { Words } from '@/components/i18n/words'
import type { SharedPage } from '@/lib/contract/shares/pages'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { SharedView } from '@/lib/contract/shares/view'

interface Props {
  scope: ShareScope | null
  view: SharedView
  onPage(page: SharedPage): void
  words: Words
}

/** Switches between the pages of a link. One page needs no tabs. */
export function Tabs({ scope, view, onPage, words: { t } }: Props) {
  const pages = scope?.pages ?? []
  if (pages.length < 2) return null
  const current = view.page === 'campaign' ? 'campaigns' : view.page
  return (
    <nav aria-label={t('shared.pages.label')} className="no-print border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {pages.map((page) => (
          <li key={page}>
            <button
              type="button"
              aria-current={page === current ? 'page' : undefined}
              className="flex min-h-11 items-center border-b-2 border-transparent px-3 text-second hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-text"
              onClick={() => onPage(page)}
            >
              {t(`shared.pages.${page}`)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
