import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { Menu } from '@/components/ui/menu'
import { TASK_SORTS, usualDirection } from '@/lib/contract/campaigns/sorts'
import { campaignsHref } from '@/lib/contract/links'
import type { TasksQuery } from '@/lib/contract/tasks'
import { COLUMNS } from './columns'

interface Props {
  appParam: string | null
  query: TasksQuery
  words: Words
}

/** Renders the heads of the table. Each is a link that sorts by its column, or reverses the order if it is sorted by it already. */
export function ListHead({ appParam, query, words: { t } }: Props) {
  const dir = query.dir ?? usualDirection(query.sort)
  return (
    <thead>
      <tr>
        <th scope="col" className="tick">
          <span className="sr-only">{t('campaigns.compare.column')}</span>
        </th>
        {COLUMNS.map(({ name, sort, number }) => {
          const chosen = query.sort === sort
          const rising = chosen && dir === 'asc'
          return (
            <th
              key={name}
              scope="col"
              className={`${name} ${number ? 'number' : ''}`}
              aria-sort={chosen ? (rising ? 'ascending' : 'descending') : undefined}
            >
              <Link
                prefetch={false}
                scroll={false}
                href={sortHref({ appParam, query }, sort)}
                title={t(`campaigns.meaning.${name}`)}
              >
                {t(`campaigns.column.${name}`)}
                <span aria-hidden="true" className="arrow">
                  {chosen ? (rising ? '▲' : '▼') : ''}
                </span>
              </Link>
            </th>
          )
        })}
        <th scope="col" className="growth">
          <span className="head" title={t('campaigns.meaning.growth')}>
            {t('campaigns.column.growth')}
            <span className="sr-only">{t('campaigns.meaning.growth')}</span>
          </span>
          <span className="note" aria-hidden="true">
            {t('campaigns.growth.unsorted')}
          </span>
        </th>
        <th scope="col" className="edit">
          <span className="sr-only">{t('campaigns.edit')}</span>
        </th>
      </tr>
    </thead>
  )
}

/** Renders the orders as a menu, for narrow screens where the heads are hidden. */
export function SortMenu({ appParam, query, words: { t } }: Props) {
  return (
    <Menu
      label={t('campaigns.order.title')}
      button={t('campaigns.order.by', { order: t(`campaigns.order.sort.${query.sort}`) })}
      className="md:hidden"
    >
      <ul>
        {TASK_SORTS.map((sort) => (
          <li key={sort}>
            <Link
              prefetch={false}
              scroll={false}
              className="menu-item"
              href={sortHref({ appParam, query }, sort)}
              aria-current={sort === query.sort ? 'true' : undefined}
            >
              {t(`campaigns.order.sort.${sort}`)}
            </Link>
          </li>
        ))}
      </ul>
    </Menu>
  )
}

function sortHref({ appParam, query }: Pick<Props, 'appParam' | 'query'>, sort: TasksQuery['sort']): string {
  const { q, tag, group } = query
  const dir = query.sort === sort ? opposite(query.dir ?? usualDirection(sort)) : usualDirection(sort)
  return campaignsHref(appParam, { q, tag, sort, dir, group })
}

const opposite = (dir: 'asc' | 'desc') => (dir === 'asc' ? 'desc' : 'asc')
