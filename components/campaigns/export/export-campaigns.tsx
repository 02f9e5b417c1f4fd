import type { Words } from '@/components/i18n/words'
import { ExportMenu } from '@/components/report/header/export-menu'
import { SheetItem } from '@/components/report/picture/sheet-item'
import type { AppReply } from '@/lib/contract/apps'
import type { CampaignView } from '@/lib/contract/campaigns/task-ages'
import type { CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import type { FunnelReply } from '@/lib/contract/funnel'
import {
  allTasksParams,
  compareParams,
  fileHref,
  funnelFileHref,
  growthParams,
  lossesParams,
} from '@/lib/contract/links'
import type { TasksQuery, TasksReply } from '@/lib/contract/tasks'
import { campaignSheet } from './campaign-sheet'
import { comparisonSheet } from './comparison-sheet'
import { listSheet } from './list-sheet'

interface Props {
  app: AppReply
  words: Words
}

const pictureLabels = ({ t }: Words) => ({
  save: t('overview.export.table'),
  failed: t('overview.export.pictureFailed'),
})

/** Offers all campaigns that match as files, and the page of the list as a picture. */
export function ExportList({ app, query, reply, words }: Props & { query: TasksQuery; reply: TasksReply }) {
  const { t } = words
  const params = allTasksParams(query)
  const name = `pushlens-campaigns-${app.sdkAppId}`
  const href = (format: 'csv' | 'json', table?: string) =>
    fileHref(app.id, 'tasks', { params, format, ...(table ? { table } : {}) })
  return (
    <ExportMenu
      files={[
        { label: t('overview.export.list'), href: href('csv'), name: `${name}.csv` },
        ...(query.group
          ? [{ label: t('overview.export.tags'), href: href('csv', 'tags'), name: `${name}-tags.csv` }]
          : []),
        { label: t('overview.export.listJson'), href: href('json'), name: `${name}.json` },
      ]}
      picture={
        <SheetItem sheet={listSheet({ app, query, reply, words })} name={`${name}.png`} labels={pictureLabels(words)} />
      }
      words={words}
    />
  )
}

/** Offers everything that the page of a campaign shows: numbers and vendors, growth, and losses. */
export function ExportCampaign({ app, view, funnel, words }: Props & { view: CampaignView; funnel: FunnelReply }) {
  const { t } = words
  const { taskId } = view
  const ofTask = { source: 'task' as const, task: [taskId] }
  const [losses, growth] = [lossesParams(ofTask), growthParams(taskId)]
  const name = `pushlens-campaign-${taskId.replace(/[^\w-]/g, '_')}`
  const file = (label: string, href: string, end: string) => ({ label, href, name: `${name}${end}` })
  return (
    <ExportMenu
      files={[
        file(t('overview.export.numbers'), funnelFileHref(app.id, ofTask, 'tasks'), '.csv'),
        file(t('overview.export.vendors'), funnelFileHref(app.id, ofTask, 'vendors'), '-vendors.csv'),
        file(
          t('overview.export.growth'),
          fileHref(app.id, 'tasks/growth', { params: growth, format: 'csv' }),
          '-growth.csv',
        ),
        file(t('overview.export.losses'), fileHref(app.id, 'losses', { params: losses, format: 'csv' }), '-losses.csv'),
        file(t('overview.export.json'), funnelFileHref(app.id, ofTask, null), '.json'),
        file(
          t('overview.export.growthJson'),
          fileHref(app.id, 'tasks/growth', { params: growth, format: 'json' }),
          '-growth.json',
        ),
        file(
          t('overview.export.lossesJson'),
          fileHref(app.id, 'losses', { params: losses, format: 'json' }),
          '-losses.json',
        ),
      ]}
      picture={
        <SheetItem
          sheet={campaignSheet({ app, view, funnel, words })}
          name={`${name}.png`}
          labels={pictureLabels(words)}
        />
      }
      words={words}
    />
  )
}

/** Offers a comparison as files and as a picture. */
export function ExportComparison({ app, reply, words }: Props & { reply: CompareTasksReply }) {
  const { t } = words
  const params = compareParams(
    reply.tasks.map(({ taskId }) => taskId),
    reply.age,
  )
  const name = `pushlens-comparison-${reply.age}-${app.sdkAppId}`
  return (
    <ExportMenu
      files={(['csv', 'json'] as const).map((format) => ({
        label: t(format === 'csv' ? 'overview.export.comparison' : 'overview.export.comparisonJson'),
        href: fileHref(app.id, 'tasks/compare', { params, format }),
        name: `${name}.${format}`,
      }))}
      picture={
        <SheetItem sheet={comparisonSheet({ app, reply, words })} name={`${name}.png`} labels={pictureLabels(words)} />
      }
      words={words}
    />
  )
}
