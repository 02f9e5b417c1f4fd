'use client'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { QueryProvider } from '@/components/frame/query-provider'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { tasksOptions } from '@/lib/browser/tasks'
import type { ListedTask, TasksQuery, TasksReply } from '@/lib/contract/tasks'
import { CompareBar } from './compare-bar'
import { ListHead } from './list-head'
import { COMPARE_FORM, GroupRow, ListRow } from './list-row'

interface Props {
  app: string
  appParam: string | null
  query: TasksQuery
  /** The page that the server read. */
  reply: TasksReply
  tz: string
  mayWrite: boolean
  locale: Locale
  messages: Partial<Messages>
}

/** The height of a row on a wide screen (list.css), and about that of a card. */
const ROW_PX = 61
const CARD_PX = 230
const WIDE_PX = 768
/** Rows drawn above and below the visible ones. */
const OVERSCAN = 24
/** The next page is requested when so many rows are left. */
const AHEAD = 150

/**
 * Renders the list. Without scripts it is the server's page, with a link to the next. With scripts it continues while it
 * is scrolled, and only the rows near the visible ones are drawn.
 */
export function LiveList(props: Props) {
  return (
    <QueryProvider>
      <Rows {...props} />
    </QueryProvider>
  )
}

function Rows({ app, appParam, query, reply, tz, mayWrite, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const options = tasksOptions(app, query, reply)
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(options)
  useFresh(reply, options.queryKey)
  const isGrouped = query.group !== undefined
  const rows = useMemo(
    () =>
      linesOf(
        data.pages.flatMap(({ items }) => items),
        isGrouped,
      ),
    [data, isGrouped],
  )
  const groups = useMemo(
    () => new Map(data.pages.flatMap((page) => page.groups.map((group) => [group.tag, group] as const))),
    [data],
  )
  const [serverRows] = useState(rows.length)
  const body = useRef<HTMLTableSectionElement>(null)
  const [ticked, tick] = useTicked(body)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => setMargin(topOf(body.current)), [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (globalThis.innerWidth < WIDE_PX ? CARD_PX : ROW_PX),
    getItemKey: (i) => rows[i]?.key ?? i,
    overscan: OVERSCAN,
    rangeExtractor: (range) => withServerRows(range, serverRows),
    scrollMargin: margin,
  })
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  const isNearEnd = last > rows.length - AHEAD
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetching) fetchNextPage()
  }, [isNearEnd, hasNextPage, isFetching, fetchNextPage])
  const shown = drawn.length > 0 ? drawn.map(({ index }) => index) : rows.map((_, i) => i)
  const first = drawn[0]
  const [above, below] = first
    ? [first.start - margin, virtual.getTotalSize() - ((drawn.at(-1)?.end ?? 0) - margin)]
    : [0, 0]
  return (
    <>
      <CompareBar appParam={appParam} ticked={ticked?.length ?? null} words={words} />
      <div className="card overflow-clip">
        <table
          className="campaigns"
          aria-label={words.t('campaigns.list')}
          aria-rowcount={hasNextPage ? -1 : undefined}
        >
          <ListHead appParam={appParam} query={query} words={words} />
          <tbody ref={body}>
            <Spacer height={above} />
            {shown.map((i) => {
              const row = rows[i]
              if (!row) return null
              const place = { index: i, measure: virtual.measureElement }
              if (row.task === null)
                return <GroupRow key={row.key} {...place} tag={row.tag} group={groups.get(row.tag)} words={words} />
              const { task } = row
              return (
                <ListRow
                  key={row.key}
                  {...place}
                  {...{ task, appParam, query, tz, mayWrite, words }}
                  ticked={ticked?.includes(task.taskId) ?? false}
                  onTick={tick}
                />
              )
            })}
            <Spacer height={below} />
          </tbody>
        </table>
      </div>
      {ticked
        ?.filter((taskId) => !shown.some((i) => rows[i]?.key === taskId))
        .map((taskId) => (
          <input key={taskId} type="hidden" form={COMPARE_FORM} name="task" value={taskId} />
        ))}
    </>
  )
}

/**
 * The TaskIDs of the ticked campaigns; null until scripts run. Starts with the boxes that people ticked before, or that the
 * browser restored. The browser keeps the boxes, so that neither a tick nor the first render changes a row.
 */
function useTicked(body: RefObject<HTMLElement | null>) {
  const [ticked, setTicked] = useState<string[] | null>(null)
  useEffect(() => {
    const boxes = body.current?.querySelectorAll<HTMLInputElement>('input[name=task]:checked') ?? []
    setTicked([...boxes].map(({ value }) => value))
  }, [body])
  const tick = useCallback(
    (taskId: string, on: boolean) =>
      setTicked((before) => {
        const others = (before ?? []).filter((one) => one !== taskId)
        return on ? [...others, taskId] : others
      }),
    [],
  )
  return [ticked, tick] as const
}

/** A row of the table: a campaign, or the head of a group. */
type Line = { key: string; task: ListedTask } | { key: string; task: null; tag: string | null }

/** Puts a head before the first campaign of each group. */
export function linesOf(tasks: ListedTask[], isGrouped: boolean): Line[] {
  return tasks.flatMap((task, i): Line[] => {
    const line = { key: task.taskId, task }
    const [tag = null] = task.tags
    const before = tasks[i - 1]
    if (!isGrouped || (before && (before.tags[0] ?? null) === tag)) return [line]
    // No TaskID contains a comma, and a tag may be the word null.
    return [{ key: `,${JSON.stringify(tag)}`, task: null, tag }, line]
  })
}

/** Reads the list again when the server has read another first page, as after a change. */
function useFresh(reply: TasksReply, queryKey: readonly unknown[]) {
  const client = useQueryClient()
  const seen = useRef(reply)
  useEffect(() => {
    if (seen.current === reply) return
    seen.current = reply
    client.invalidateQueries({ queryKey })
  })
}

/**
 * Returns the rows to draw. Near the top these are all rows of the server's page, so that nothing is laid out again when
 * scripts begin to run.
 */
function withServerRows(range: Range, count: number): number[] {
  const drawn = defaultRangeExtractor(range)
  if ((drawn[0] ?? 0) >= count) return drawn
  const end = Math.min(Math.max((drawn.at(-1) ?? 0) + 1, count), range.count)
  return Array.from({ length: end }, (_, i) => i)
}

/** Keeps the height of the rows that are not drawn. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr className="spacer">
      <td colSpan={11} style={{ height }} />
    </tr>
  )
}

function topOf(element: HTMLElement | null): number {
  return element ? element.getBoundingClientRect().top + scrollY : 0
}
