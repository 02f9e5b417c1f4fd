import { Activity } from 'react'
import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { oneLine, reasonActor, reasonTitle } from '@/components/report/reason-titles'
import { vendorMark, vendorNames } from '@/components/report/vendor'
import type { Grouping } from '@/lib/contract/links'
import type { LossesReply, LossStageReply, ReasonRow } from '@/lib/contract/losses'
import { Drawer } from '../drawer'
import { KnownReasonForm, KnownReasonNote } from '../known-reason'
import { lossChangeMeaning, lossChangeText } from '../loss-change'
import { lossTicketText } from '../loss-ticket'
import { type ParetoLine, rowKey, vendorParts } from './pareto-lines'

interface Props {
  line: ParetoLine
  rank: number
  grouping: Grouping
  stage: LossStageReply['stage']
  reply: LossesReply
  codeHref(code: string): string | null
  /** The app, for viewers who may mark its reasons as known; else null. */
  editable: string | null
  words: Words
}

const CHIPS = 3
const CHIP = 'text-12 whitespace-nowrap text-second'

/** Renders one line of the Pareto. It opens to its details; a group opens to its reasons. */
export function ReasonLine(props: Props) {
  const { line, rank, grouping, words } = props
  const { t, locale } = words
  const [first] = line.rows
  if (!first) return null
  const single = line.rows.length === 1
  const title = grouping === 'owner' ? reasonActor(line.group, words) : reasonTitle(first.reason, words, first.code)
  const actors = new Set(line.rows.map(({ reason }) => reason.actor))
  return (
    <li>
      <details className="reason" data-drawer>
        <summary>
          <span className="rank text-second max-lg:self-start">{rank}</span>
          <span className="name min-w-0">
            <span className="font-medium">{title}</span>
            <Detail line={line} single={single} grouping={grouping} words={words} />
            <Counted line={line} words={words} />
            {single && <KnownReasonNote row={first} tz={props.reply.range.tz} words={words} />}
          </span>
          <span className="graph self-end" aria-hidden="true">
            <Track line={line} words={words} />
          </span>
          <span className="chips flex min-h-4 flex-wrap gap-x-1.5 gap-y-0.5 self-start">
            <Chips line={line} words={words} />
          </span>
          <span className="count text-end font-medium max-lg:self-start">
            <span className="sr-only">{t('losses.column.count')} </span>
            {line.count !== null && exact(line.count)}
            {line.count === null && line.share === null && (
              <span title={t('losses.countUnknown')}>{t('losses.unknown')}</span>
            )}
          </span>
          <span className="share text-end max-lg:min-w-13 max-lg:self-start">
            <span className="sr-only">{t('losses.column.share')} </span>
            {line.share === null ? '' : percent(line.share, locale)}
          </span>
          <span className="sum text-end text-second max-lg:min-w-13">
            <span className="sr-only">{t('losses.column.cumulative')} </span>
            {line.cumulative === null ? '' : percent(line.cumulative, locale)}
          </span>
          <span className="change text-end whitespace-nowrap text-second" title={lossChangeMeaning(line.change, words)}>
            {line.change && <span className="sr-only">{t('losses.column.change')} </span>}
            {lossChangeText(line.change, words)}
          </span>
          <span className="actor text-13 max-lg:text-second lg:ps-3">
            {grouping === 'owner' || actors.size !== 1 ? '' : reasonActor(first.reason.actor, words)}
          </span>
        </summary>
        {/* Closed details become interactive after the rest of the page, each on its own, so that a phone is not blocked. */}
        <Activity>{single ? <Opened {...props} row={first} /> : <Members {...props} />}</Activity>
      </details>
    </li>
  )
}

function Detail({
  line,
  single,
  grouping,
  words,
}: {
  line: ParetoLine
  single: boolean
  grouping: Grouping
  words: Words
}) {
  const codes = line.rows.slice(0, CHIPS).map((row) => oneLine(row.code) || words.t('losses.code.empty'))
  const [first] = line.rows
  const text = single && first ? oneLine(first.text) : ''
  const rest = line.rows.length - codes.length
  const name = single && grouping === 'owner' && first ? `${reasonTitle(first.reason, words, first.code)} · ` : ''
  return (
    <span className="block truncate font-mono text-12 text-second" dir="auto">
      {single && first?.reason.confidence === 'likely' && (
        <span className="tag me-1.5">{words.t('lookup.verdict.likely')}</span>
      )}
      {name}
      {codes.join(', ')}
      {rest > 0 && ` +${rest}`}
      {text && ` · ${text}`}
    </span>
  )
}

/** Says which part of the count is in the loss, where that is not all of it: the rest belongs to vendors without receipts. */
function Counted({ line: { count, explained }, words: { t } }: { line: ParetoLine; words: Words }) {
  if (count === null || explained === null || explained === count) return null
  return <span className="block text-12 text-second">{t('losses.counted', { n: exact(explained) })}</span>
}

/** Draws the bar: its fill by vendor, a tick at the cumulative share, and a line at 80 %. */
function Track({ line, words }: { line: ParetoLine; words: Words }) {
  if (line.share === null) return null
  const parts = line.count === null ? [] : vendorParts(line)
  const percentOf = (fraction: number) => `${(fraction * 100).toFixed(2)}%`
  return (
    <span className="pareto">
      <span className="fill" style={{ width: percentOf(line.share) }}>
        {line.count === null && <i style={{ width: '100%' }} />}
        {parts.map((part) => (
          <i
            key={`${part.vendor} ${part.channel}`}
            style={{ width: percentOf(part.width) }}
            title={`${vendorNames(part, words).name} ${exact(part.count)}`}
          />
        ))}
      </span>
      {line.cumulative !== null && <b style={{ left: percentOf(line.cumulative) }} />}
    </span>
  )
}

function Chips({ line, words }: { line: ParetoLine; words: Words }) {
  const parts = vendorParts(line)
  return (
    <>
      {parts.slice(0, CHIPS).map((part) => (
        <span key={`${part.vendor} ${part.channel}`} className={CHIP} title={vendorNames(part, words).name}>
          <span aria-hidden="true" className="rounded-4 border border-line px-[3px] font-medium">
            {vendorMark(part)}
          </span>
          <span className="sr-only">{vendorNames(part, words).name}</span>
          {line.count !== null && parts.length > 1 && ` ${exact(part.count)}`}
        </span>
      ))}
      {parts.length > CHIPS && <span className={CHIP}>{`+${parts.length - CHIPS}`}</span>}
    </>
  )
}

function Opened({ row, stage, reply, codeHref, editable, words }: Props & { row: ReasonRow }) {
  return (
    <Drawer
      row={row}
      reply={reply}
      ticket={lossTicketText({ row, stage, reply, words })}
      href={codeHref(row.code)}
      knownForm={editable && <KnownReasonForm app={editable} stage={stage} row={row} reply={reply} words={words} />}
      words={words}
    />
  )
}

/** Renders the reasons of a group, each as a line. Cumulative shares belong to the list of groups. */
function Members(props: Props) {
  return (
    <ol className="ms-4 border-s border-line lg:ms-[34px]">
      {props.line.rows.map((row, at) => (
        <ReasonLine
          key={rowKey(row)}
          {...props}
          grouping="code"
          rank={at + 1}
          line={{ ...row, cumulative: null, key: rowKey(row), group: row.reason.key, rows: [row] }}
        />
      ))}
    </ol>
  )
}
