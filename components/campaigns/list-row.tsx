import { clsx } from 'clsx'
import Link from 'next/link'
import { memo, type Ref } from 'react'
import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { pointsText } from '@/components/report/delta'
import { reasonTitle } from '@/components/report/reason-titles'
import { stripControls } from '@/components/ui/strip-controls'
import { campaignHref, campaignsHref, lossesHref } from '@/lib/contract/links'
import type { ListedTask, TaskGroup, TasksQuery } from '@/lib/contract/tasks'
import { ageText, clickFigure, deliveryFigure, type Figure, groupFigures } from './figures'
import { moment } from './moment'
import { Sparkline } from './sparkline'

export interface RowProps {
  task: ListedTask
  appParam: string | null
  query: TasksQuery
  /** The app's zone. */
  tz: string
  mayWrite: boolean
  /** Whether the box is ticked when the row is drawn. Afterwards the browser keeps it. */
  ticked?: boolean
  onTick?: (taskId: string, ticked: boolean) => void
  /** Opens a campaign of a shared view, which has no other pages to link to. */
  onOpen?: (taskId: string) => void
  words: Words
}

/** The form that compares the ticked campaigns. The tick boxes stand outside of it. */
export const COMPARE_FORM = 'compare'

/** Renders a campaign: a row of the table, a card on a narrow screen. Fifty of them would block a phone at every change. */
export const ListRow = memo(function ListRow({
  index,
  measure,
  ...props
}: RowProps & { index?: number; measure?: Ref<HTMLTableRowElement> }) {
  const { task, appParam, query, tz, mayWrite, words } = props
  const { t } = words
  const { taskId, label, total, sentAt, ageHours } = task
  const name = stripControls(label || taskId)
  return (
    <tr ref={measure} data-index={index} data-task={taskId}>
      {props.onOpen ? <td className="tick" /> : <Tick {...props} name={name} />}
      <th scope="row" className="name">
        <Name task={task} appParam={appParam} name={name} onOpen={props.onOpen} words={words} />
      </th>
      <td className="tags">
        <Tags {...props} />
      </td>
      <td className="sentAt" data-label={t('campaigns.column.sentAt')}>
        {sentAt ? moment(sentAt, tz) : <span className="text-second">{t('campaigns.sentUnknown')}</span>}
        {ageHours !== null && <span className="note">{ageText(ageHours, words)}</span>}
      </td>
      <td className="sent number" data-label={t('campaigns.column.sent')}>
        {total?.sent == null ? <NoData words={words} /> : exact(total.sent)}
      </td>
      <td className="delivery number" data-label={t('campaigns.column.delivery')}>
        {total ? <Rate figure={deliveryFigure(total, words)} /> : <NoData words={words} />}
      </td>
      <td className="click number" data-label={t('campaigns.column.click')}>
        {total ? <Rate figure={clickFigure(total, words)} /> : <NoData words={words} />}
      </td>
      <td className="change number" data-label={t('campaigns.column.change')}>
        <Change task={task} words={words} />
      </td>
      <td className="reason" data-label={t('campaigns.column.reason')}>
        <Reason task={task} appParam={appParam} name={name} onOpen={props.onOpen} words={words} />
      </td>
      <td className="growth" data-label={t('campaigns.column.growth')}>
        <Sparkline points={task.growth} total={total} words={words} />
      </td>
      <td className="edit no-print">
        {mayWrite && (
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
      </td>
    </tr>
  )
})

interface GroupProps {
  tag: string | null
  /** The sums of all campaigns of the group; undefined until they are loaded. */
  group: TaskGroup | undefined
  index: number
  measure: Ref<HTMLTableRowElement>
  words: Words
}

/** Renders the head of a group: the first tag of the campaigns below, and the sums of all of them. */
export function GroupRow({ tag, group, index, measure, words }: GroupProps) {
  const { t } = words
  const figures = group && groupFigures(group, words)
  return (
    <tr ref={measure} data-index={index} className="group-head">
      <th scope="rowgroup" colSpan={4}>
        {figures?.name ?? (tag === null ? t('campaigns.group.none') : stripControls(tag))}
        {figures && <span className="cover">{figures.cover}</span>}
      </th>
      <td className="sent number" data-label={t('campaigns.column.sent')}>
        {figures?.sent}
      </td>
      <td className="delivery number" data-label={t('campaigns.column.delivery')}>
        {figures && <Rate figure={figures.delivery} />}
      </td>
      <td className="click number" data-label={t('campaigns.column.click')}>
        {figures && <Rate figure={figures.click} />}
      </td>
      <td colSpan={4} />
    </tr>
  )
}

function Tick({ task: { taskId }, ticked, onTick, name, words: { t } }: RowProps & { name: string }) {
  return (
    <td className="tick no-print">
      <label>
        <input
          type="checkbox"
          name="task"
          value={taskId}
          form={COMPARE_FORM}
          defaultChecked={ticked}
          onChange={onTick && ((event) => onTick(taskId, event.currentTarget.checked))}
          aria-label={t('campaigns.compare.tick', { name })}
        />
      </label>
    </td>
  )
}

type PartProps = Pick<RowProps, 'task' | 'appParam' | 'onOpen' | 'words'> & { name: string }

function Name({ task, appParam, name, onOpen, words: { t } }: PartProps) {
  const { taskId, label, note, knownBy } = task
  const className = clsx('clip font-semibold hover:underline', !label && 'font-mono text-13')
  return (
    <>
      {onOpen ? (
        <button type="button" title={name} className={clsx(className, 'text-start')} onClick={() => onOpen(taskId)}>
          {name}
        </button>
      ) : (
        <Link
          prefetch={false}
          href={campaignHref(appParam, taskId)}
          title={[name, t(`campaigns.knownBy.${knownBy}`), stripControls(note)].filter(Boolean).join('\n')}
          className={className}
        >
          {name}
        </Link>
      )}
      {label ? (
        <span className="clip font-mono text-12 font-normal text-second" title={stripControls(taskId)}>
          {stripControls(taskId)}
        </span>
      ) : (
        <span className="clip text-12 font-normal text-second">{t('campaigns.unnamed')}</span>
      )}
    </>
  )
}

const MOST_TAGS = 2

function Tags({ task: { tags }, appParam, query, onOpen, words: { t } }: RowProps) {
  if (tags.length === 0) return null
  const more = tags.slice(MOST_TAGS)
  return (
    <ul aria-label={t('campaigns.tags')}>
      {tags.slice(0, MOST_TAGS).map((tag) => (
        <li key={tag}>
          {onOpen ? (
            <span title={stripControls(tag)}>{stripControls(tag)}</span>
          ) : (
            <Link
              prefetch={false}
              href={campaignsHref(appParam, { tag, sort: query.sort, dir: query.dir, group: query.group })}
              title={stripControls(tag)}
            >
              {stripControls(tag)}
            </Link>
          )}
        </li>
      ))}
      {more.length > 0 && (
        <li className="text-12 text-second" title={more.map(stripControls).join(', ')}>
          {t('campaigns.moreTags', { n: more.length })}
        </li>
      )}
    </ul>
  )
}

function Reason({ task, appParam, name, onOpen, words }: PartProps) {
  const { reason, taskId } = task
  const { t } = words
  const href = lossesHref(appParam, { source: 'task', task: [taskId] })
  const aria = t('campaigns.lossesOf', { name })
  if (onOpen)
    return (
      reason && <span className="two">{reasonTitle({ key: reason.key, title: reason.title }, words, reason.code)}</span>
    )
  if (reason === null) {
    return (
      <Link prefetch={false} className="link" href={href} aria-label={aria}>
        {t('campaigns.losses')}
      </Link>
    )
  }
  const title = reasonTitle({ key: reason.key, title: reason.title }, words, reason.code)
  return (
    <Link prefetch={false} className="two hover:underline" href={href} title={title} aria-label={`${title}. ${aria}`}>
      {title}
    </Link>
  )
}

/** Shows the difference without a colour, because it is not tested for chance. Comparing the campaigns does that. */
function Change({ task: { change, tags }, words }: Pick<RowProps, 'task' | 'words'>) {
  const { t, locale } = words
  const text = pointsText(change?.delivery, words)
  if (change === null || text === null) {
    const title = t(tags.length > 0 ? 'campaigns.change.none' : 'campaigns.change.noTag')
    return (
      <span className="text-second" title={title}>
        <span aria-hidden="true">–</span>
        <span className="sr-only">{title}</span>
      </span>
    )
  }
  const tag = stripControls(change.tag)
  const age = t(`campaigns.atAge.${change.age}`)
  const title = t('campaigns.change.meaning', { tag, age, median: percent(change.median, locale) })
  return (
    <span title={title}>
      {text}
      <span className="note clip">{t('campaigns.change.age', { tag, age })}</span>
      <span className="sr-only">({title})</span>
    </span>
  )
}

function Rate({ figure: { text, note, title, known } }: { figure: Figure }) {
  return (
    <span title={title ?? undefined} className={known ? undefined : 'text-13 text-second'}>
      {text}
      {note && <span className="note">{note}</span>}
    </span>
  )
}

function NoData({ words: { t } }: { words: Words }) {
  return (
    <span className="text-second" title={t('campaigns.noDataMeaning')}>
      <span aria-hidden="true">–</span>
      <span className="sr-only">{t('campaigns.noData')}</span>
    </span>
  )
}
