'use client'
import type { SharedPageProps } from '@/components/report/share/shared-props'
import type { TasksQuery } from '@/lib/contract/tasks'
import { COLUMNS } from './columns'
import { ListRow } from './list-row'

const QUERY: TasksQuery = { sort: 'sentAt', limit: 50 }

/** Renders the campaigns of a link. A name opens the campaign in the same view. */
export function SharedCampaigns({
  view: { campaigns, more },
  query,
  onQuery,
  tz,
  words,
}: SharedPageProps<'campaigns'>) {
  const { t } = words
  const { items } = campaigns
  if (items.length === 0) return <p className="text-second">{t('shared.noCampaigns')}</p>
  return (
    <>
      <div className="card overflow-clip">
        <table className="campaigns" aria-label={t('campaigns.list')}>
          <thead>
            <tr>
              <td className="tick" />
              {COLUMNS.map(({ name, number }) => (
                <th key={name} scope="col" className={number ? `${name} number` : name}>
                  {t(`campaigns.column.${name}`)}
                </th>
              ))}
              <th scope="col" className="growth">
                {t('campaigns.column.growth')}
              </th>
              <td className="edit" />
            </tr>
          </thead>
          <tbody>
            {items.map((task) => (
              <ListRow
                key={task.taskId}
                {...{ task, tz, words }}
                appParam={null}
                query={QUERY}
                mayWrite={false}
                onOpen={(campaign) => onQuery({ ...query, page: 'campaign', campaign })}
              />
            ))}
          </tbody>
        </table>
      </div>
      {more && <p className="mt-3 text-13 text-second">{t('shared.moreCampaigns', { n: items.length })}</p>}
    </>
  )
}
