import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { AppReply } from '@/lib/contract/apps'
import { campaignsHref, lossesHref } from '@/lib/contract/links'
import type { TaskReply, TasksQuery } from '@/lib/contract/tasks'
import { EditCampaign } from './edit-campaign'
import { moment } from './moment'

interface Props {
  app: AppReply
  appParam: string | null
  query: TasksQuery
  items: TaskReply[]
  /** The TaskID whose form is open. */
  edit: string | null
  mayWrite: boolean
  words: Words
}

export function CampaignList(props: Props) {
  const { items, edit, words } = props
  return (
    <ul aria-label={words.t('campaigns.list')} className="card divide-y divide-line">
      {items.map((task) => (
        <li key={task.taskId} className="px-4 py-3 sm:px-5">
          <Row {...props} task={task} />
          {task.taskId === edit && <Form {...props} task={task} />}
        </li>
      ))}
    </ul>
  )
}

type RowProps = Props & { task: TaskReply }

function Row({ app, appParam, query, edit, mayWrite, words: { t }, task }: RowProps) {
  const { taskId, label, note, tags, sentAt, knownBy, createdAt } = task
  const tz = app.utcOffset
  const name = stripControls(label || taskId)
  return (
    <div className="grid gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0 space-y-1">
        <p className={label ? 'font-semibold break-words' : 'font-mono text-13 break-all'}>{name}</p>
        {label && <p className="font-mono text-12 break-all text-second">{stripControls(taskId)}</p>}
        {note && (
          <p className="max-w-[78ch] text-13 break-words whitespace-pre-line text-second">{stripControls(note)}</p>
        )}
        {tags.length > 0 && (
          <ul aria-label={t('campaigns.tags')} className="flex flex-wrap gap-1.5 pt-0.5">
            {tags.map((tag) => (
              <li key={tag} className="max-w-full min-w-0">
                <Link
                  prefetch={false}
                  href={campaignsHref(appParam, { tag, sort: query.sort })}
                  className="block min-h-6 truncate rounded-4 bg-sunk px-2 py-0.5 text-12 hover:underline"
                >
                  {stripControls(tag)}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-13 text-second sm:flex-col sm:items-end">
        <p>{sentAt ? t('campaigns.sent', { time: moment(sentAt, tz) }) : t('campaigns.sentUnknown')}</p>
        <p title={t('campaigns.knownSince', { time: moment(createdAt, tz) })}>{t(`campaigns.knownBy.${knownBy}`)}</p>
        <p className="no-print flex gap-4">
          <Link
            prefetch={false}
            className="link"
            href={lossesHref(appParam, { source: 'task', task: [taskId] })}
            aria-label={t('campaigns.lossesOf', { name })}
          >
            {t('campaigns.losses')}
          </Link>
          {mayWrite && taskId !== edit && (
            <Link
              prefetch={false}
              scroll={false}
              className="link needs-script"
              href={campaignsHref(appParam, { ...query, edit: taskId })}
              aria-label={t('campaigns.editOf', { name })}
            >
              {t('campaigns.edit')}
            </Link>
          )}
        </p>
      </div>
    </div>
  )
}

function Form({ app, appParam, query, words, task }: RowProps) {
  return (
    <EditCampaign
      key={task.taskId}
      app={app.id}
      task={task}
      back={campaignsHref(appParam, query)}
      locale={words.locale}
      messages={pickMessages(words.locale, ['errors', 'campaigns'])}
    />
  )
}
