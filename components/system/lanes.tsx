import type { ReactNode } from 'react'
import { exact } from '@/components/i18n/number'
import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { StatusReply } from '@/lib/contract/apps'
import { StateDot } from './state-dot'

const NUMBERS = ['queue', 'calls', 'failed', 'spacing', 'last'] as const
const COLUMNS = ['endpoint', 'state', ...NUMBERS] as const

interface LaneProps {
  lane: StatusReply['lanes'][number]
  tz: string
  words: Words
}

/** Renders one row per endpoint. On a narrow screen each row is a card with labels. */
export function Lanes({ reply, words }: { reply: StatusReply; words: Words }) {
  const { t } = words
  return (
    <table className="w-full border-t border-line text-13 max-md:block">
      <caption className="sr-only">{t('system.lanes')}</caption>
      <thead className="max-md:sr-only">
        <tr className="text-12 text-second">
          {COLUMNS.map((column) => (
            <th
              key={column}
              scope="col"
              className="px-3 py-2 text-start font-medium whitespace-nowrap first:ps-5 last:pe-5"
            >
              {t(`system.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {reply.lanes.map((lane) => (
          <Lane key={lane.endpoint} lane={lane} tz={reply.app.utcOffset} words={words} />
        ))}
      </tbody>
    </table>
  )
}

/** Says why calls failed today, and when the last one did. */
function Failures({ lane: { failures }, tz, words: { t, locale } }: LaneProps) {
  if (failures.length === 0) return null
  const text = ({ code, upstreamCode, count, lastAt }: (typeof failures)[number]) => {
    const why = code === null ? t('system.noAnswer') : `${t(`errors.${code}.title`)} (${upstreamCode})`
    const what = `${exact(count)}× ${why}`
    return lastAt === null ? what : t('system.lastFailed', { what, time: minute(lastAt, tz, locale) })
  }
  return (
    <ul className="mt-1 max-w-96 text-12 text-second">
      {failures.map((one) => (
        <li key={`${one.code} ${one.upstreamCode}`}>{text(one)}</li>
      ))}
    </ul>
  )
}

function Lane({ lane, tz, words }: LaneProps) {
  const { t, locale } = words
  const at = (iso: string) => minute(iso, tz, locale)
  const numbers: Record<(typeof NUMBERS)[number], ReactNode> = {
    queue: exact(lane.queue),
    calls: exact(lane.callsToday),
    failed: lane.failedToday > 0 ? <span className="font-medium text-warn">{exact(lane.failedToday)}</span> : '0',
    spacing: t('system.seconds', { n: String(lane.spacingMs / 1_000) }),
    last: lane.lastCallAt ? <time dateTime={lane.lastCallAt}>{at(lane.lastCallAt)}</time> : t('system.never'),
  }
  return (
    <tr className="border-t border-line max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:gap-y-2 max-md:px-4 max-md:py-3">
      <th scope="row" className="px-3 py-2.5 text-start font-medium max-md:col-span-2 max-md:p-0 md:ps-5">
        {t(`system.endpoint.${lane.endpoint}`)}
        <span className="block font-mono text-12 font-normal break-all text-second">{lane.endpoint}</span>
      </th>
      <td className="px-3 py-2.5 max-md:col-span-2 max-md:p-0">
        <span className="flex items-center gap-2">
          <StateDot state={lane.state} />
          {t(`system.state.${lane.state}`)}
          {lane.pausedUntil && <span className="text-second">{t('system.until', { time: at(lane.pausedUntil) })}</span>}
        </span>
        <Failures lane={lane} tz={tz} words={words} />
        {lane.problem && (
          <span className="block max-w-80 text-12 text-second">
            {lane.problem.since
              ? t('system.since', { what: t(`errors.${lane.problem.code}.title`), time: at(lane.problem.since) })
              : t(`errors.${lane.problem.code}.title`)}
          </span>
        )}
      </td>
      {NUMBERS.map((column) => (
        <td key={column} className="px-3 py-2.5 whitespace-nowrap tabular-nums max-md:p-0 md:last:pe-5">
          <span className="me-2 text-second md:hidden">{t(`system.column.${column}`)}</span>
          {numbers[column]}
        </td>
      ))}
    </tr>
  )
}
