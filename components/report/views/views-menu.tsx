import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { BarMenu } from '@/components/report/header/bar-menu'
import { savedViewHref } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import type { ViewPage } from '@/lib/contract/views/view-pages'
import { SaveViewLater } from './save-view-later'

interface Props {
  app: string
  appParam: string | null
  /** The person's views of this app. */
  views: readonly ViewReply[]
  page: ViewPage
  /** The page's own address, as its links write it, without the app. */
  address: string
  words: Words
}

/** Opens the person's views by links that work without JavaScript, and saves the page as one. */
export function ViewsMenu({ app, appParam, views, page, address, words }: Props) {
  const { t, locale } = words
  const [, query = ''] = address.split('?')
  const here = savedViewHref(appParam, page, query)
  return (
    <BarMenu end label={t('views.menu')} title={t('views.menuMeaning')}>
      {views.length === 0 ? (
        <p className="px-2.5 py-1.5 text-13 text-second">{t('views.none')}</p>
      ) : (
        <ul aria-label={t('views.list')} className="max-h-80 overflow-auto">
          {views.map(({ id, name, href, start }) => (
            <li key={id}>
              <Link
                prefetch={false}
                href={href}
                className="menu-item justify-between gap-4 sm:max-w-72"
                aria-current={href === here ? 'true' : undefined}
              >
                <span className="min-w-0 truncate" dir="auto">
                  {name}
                </span>
                {start && <span className="shrink-0 text-12 text-second">{t('views.start')}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div className="needs-script border-t border-line sm:w-72">
        <SaveViewLater
          app={app}
          page={page}
          query={query}
          locale={locale}
          messages={pickMessages(locale, ['errors', 'views'])}
        />
      </div>
      <a href={`${PATHS.profile}#views`} className="menu-item border-t border-line text-second">
        {t('views.manage')}
      </a>
    </BarMenu>
  )
}
