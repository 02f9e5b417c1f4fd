import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import type { ChangeReply, ChangesReply } from '@/lib/contract/changes/changes'
import { changeHref } from './change-href'
import { changeParts, limitTexts, quietText, type ReasonTitles, splitTexts } from './change-text'
import type { LossesLink } from './loss-href'
import { SHOWN_CHANGES } from './shown-changes'

interface Props {
  reply: ChangesReply
  titles: ReasonTitles
  /** Where the losses of the same range are; null where there is no such page. */
  losses: LossesLink | null
  /** The button that copies the summary. */
  copy?: ReactNode
  words: Words
}

/** Renders what is unusual in the range, each a link to its reasons, and how the rates changed. */
export function Changes({ reply, titles, losses, copy, words }: Props) {
  const { t } = words
  const { items } = reply
  const splits = splitTexts(reply, words)
  const limits = limitTexts(reply, words)
  const list = (shown: readonly ChangeReply[]) => (
    <ul>
      {shown.map((one) => (
        <li
          key={`${one.kind} ${one.vendor} ${one.channel} ${one.rate} ${one.from}`}
          className="flex items-baseline gap-2 leading-5"
        >
          <Mark kind={one.kind} />
          <Sentence one={one} reply={reply} titles={titles} losses={losses} words={words} />
        </li>
      ))}
    </ul>
  )
  return (
    <section
      aria-labelledby="changes"
      className="card grid gap-x-5 gap-y-1 px-5 py-1 max-sm:px-4 sm:grid-cols-[auto_1fr_auto]"
    >
      <h2 id="changes" className="py-1 font-semibold leading-5">
        {t('changes.title')}
      </h2>
      <div className="min-w-0 py-1">
        {items.length > 0 ? (
          list(items.slice(0, SHOWN_CHANGES))
        ) : (
          <p className="leading-5 text-second">{quietText(reply, words)}</p>
        )}
        <div className="flex flex-wrap items-baseline gap-x-4">
          {items.length > SHOWN_CHANGES && (
            <details className="open:basis-full">
              <summary className="min-h-6">
                <span className="link">{t('changes.more', { n: items.length - SHOWN_CHANGES })}</span>
              </summary>
              <div className="my-1">{list(items.slice(SHOWN_CHANGES))}</div>
            </details>
          )}
          {splits.map((text) => (
            <p key={text} className="text-13 leading-[18px] text-second" title={t('changes.split.meaning')}>
              {text}
            </p>
          ))}
        </div>
        {limits.length > 0 && <p className="mt-0.5 text-13 leading-[18px] text-second">{limits.join(' · ')}</p>}
      </div>
      <div className="min-h-8 min-w-32">{copy}</div>
    </section>
  )
}

function Sentence({ one, reply, titles, losses, words }: Omit<Props, 'copy'> & { one: ChangeReply }) {
  const { sentence, details } = changeParts(one, reply.range.tz, titles, words)
  return (
    <p>
      {losses ? (
        <a href={changeHref(one, losses)} className="link">
          {sentence}
        </a>
      ) : (
        sentence
      )}
      {details.map((text) => (
        <span key={text} className="text-second">
          {' · '}
          {text}
        </span>
      ))}
    </p>
  )
}

const MARKS = { fell: '▼', receipts_stopped: '▼', no_push: '▼', rose: '▲', receipts_began: '●' } as const

/** Only a fall is certainly bad, so only a fall is coloured. */
function Mark({ kind }: { kind: ChangeReply['kind'] }) {
  const isBad = MARKS[kind] === '▼'
  return (
    <span aria-hidden="true" className={isBad ? 'text-12 text-bad' : 'text-12 text-second'}>
      {MARKS[kind]}
    </span>
  )
}
