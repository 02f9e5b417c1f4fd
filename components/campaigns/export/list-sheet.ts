import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { pointsText } from '@/components/report/delta'
import type { Sheet, SheetRow } from '@/components/report/picture/sheet-picture'
import { reasonTitle } from '@/components/report/reason-titles'
import { stripControls } from '@/components/ui/strip-controls'
import type { AppReply } from '@/lib/contract/apps'
import type { ListedTask, TaskGroup, TasksQuery, TasksReply } from '@/lib/contract/tasks'
import { clickFigure, deliveryFigure, type Figure, groupFigures } from '../figures'
import { moment, nameOf } from '../moment'
import { aboutApp, updatedText } from './about'

interface SheetQuestion {
  app: AppReply
  query: TasksQuery
  reply: TasksReply
  words: Words
}

/** A picture of more rows would be too high for browsers. */
const MOST_ROWS = 50

/** Returns the page of the list as a table, with a total before the campaigns of each group. */
export function listSheet({ app, query, reply, words }: SheetQuestion): Sheet {
  const { t } = words
  const shown = reply.items.slice(0, MOST_ROWS)
  const isPart = shown.length < reply.items.length || reply.next !== null || query.cursor !== undefined
  const columns = (['sent', 'delivery', 'click', 'change'] as const).map((name) => ({
    ...{ name: t(`campaigns.column.${name}`), share: 130, end: true },
  }))
  return {
    title: t('campaigns.title'),
    ...aboutApp(app, reply.asOf ?? shown[0]?.createdAt ?? null, words),
    columns: [
      { name: t('campaigns.column.name'), share: 330 },
      { name: t('campaigns.column.sentAt'), share: 150 },
      ...columns,
      { name: t('campaigns.column.reason'), share: 240 },
    ],
    rows: shown.flatMap((task, i) => {
      const tag = task.tags[0] ?? null
      const isFirst = i === 0 || (shown[i - 1]?.tags[0] ?? null) !== tag
      const group = isFirst ? reply.groups.find((one) => one.tag === tag) : undefined
      return [...(group ? [groupRow(group, words)] : []), taskRow(task, app.utcOffset, words)]
    }),
    foot: [
      [
        ...updatedText(reply.asOf, reply.tz, words),
        t('campaigns.export.held', reply.coverage),
        ...(isPart ? [t('campaigns.export.first', { n: shown.length })] : []),
      ].join(' · '),
    ],
  }
}

const figureText = ({ text, note }: Figure) => (note === null ? text : `${text} · ${note}`)

function groupRow(group: TaskGroup, words: Words): SheetRow {
  const { name, cover, sent, delivery, click } = groupFigures(group, words)
  return { bold: true, cells: [`${name} · ${cover}`, '', sent, figureText(delivery), figureText(click)] }
}

function taskRow(task: ListedTask, tz: string, words: Words): SheetRow {
  const { sentAt, total, change, reason } = task
  const none = words.t('campaigns.noData')
  return {
    cells: [
      nameOf(task),
      sentAt ? moment(sentAt, tz) : words.t('campaigns.sentUnknown'),
      total?.sent == null ? none : exact(total.sent),
      total ? figureText(deliveryFigure(total, words)) : none,
      total ? figureText(clickFigure(total, words)) : none,
      pointsText(change?.delivery, words) ?? '',
      reason ? stripControls(reasonTitle({ key: reason.key, title: reason.title }, words, reason.code)) : '',
    ],
  }
}
