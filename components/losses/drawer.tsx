import Link from 'next/link'
import type { ReactNode } from 'react'
import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { reasonActor, reasonTitle } from '@/components/report/reason-titles'
import { vendorNames } from '@/components/report/vendor'
import { VendorName } from '@/components/report/vendor-name'
import { stripControls } from '@/components/ui/strip-controls'
import type { CandidateReply, LossesReply, ReasonRow } from '@/lib/contract/losses'
import { SOURCE_TEXT, sourceNameOf } from '@/lib/contract/source-name'
import { CopyButton } from './copy-button'
import { DayTrend } from './day-trend'

interface Props {
  row: ReasonRow
  reply: Pick<LossesReply, 'days' | 'range'>
  ticket: string
  /** The page of the code; null on that page. */
  href: string | null
  /** The form that marks the reason as known. */
  knownForm: ReactNode
  words: Words
}

/** Explains a reason: meaning, fix, owner, confidence, and the upstream's own text. */
export function Drawer({ row, reply, ticket, href, knownForm, words }: Props) {
  const { t } = words
  const { reason } = row
  return (
    <div className="drawer">
      <dl className="grid grid-cols-[minmax(0,1fr)] content-start gap-3">
        {reason.meaning && (
          <Fact term={t('losses.drawer.meaning')}>
            <English words={words}>{reason.meaning}</English>
          </Fact>
        )}
        {reason.fix && (
          <Fact term={t('losses.drawer.fix')}>
            <English words={words}>{reason.fix}</English>
          </Fact>
        )}
        {reason.actor && <Fact term={t('losses.drawer.who')}>{reasonActor(reason.actor, words)}</Fact>}
        {reason.key === null && !reason.candidates && <p>{t('losses.drawer.unknown')}</p>}
        {reason.candidates && (
          <Fact term={t('losses.drawer.candidates')}>
            <Candidates all={reason.candidates} words={words} />
          </Fact>
        )}
        <Fact term={t('losses.drawer.confidence')}>{t(`lookup.verdict.${reason.confidence}`)}</Fact>
        {reason.source && (
          <Fact term={t('losses.drawer.source')}>
            {reason.source === SOURCE_TEXT ? t('losses.drawer.byText') : <Source text={reason.source} />}
          </Fact>
        )}
      </dl>
      <div className="space-y-3">
        <dl className="grid grid-cols-[minmax(0,1fr)] content-start gap-3">
          <Fact term={t('losses.drawer.vendors')}>
            <ul className="space-y-1">
              {row.vendors.map((one) => (
                <li key={`${one.vendor} ${one.channel}`} className="flex max-w-72 justify-between gap-4">
                  <VendorName vendor={one} words={words} />
                  <span>
                    {one.count === null
                      ? row.count === null && row.share !== null
                        ? ''
                        : t('losses.unknown')
                      : exact(one.count)}
                  </span>
                </li>
              ))}
            </ul>
          </Fact>
          <Fact term={t('losses.drawer.raw')}>
            <code className="raw" dir="auto">
              {stripControls(row.code) || t('losses.code.empty')}
            </code>{' '}
            <code className="raw" dir="auto">
              {stripControls(row.text) || t('losses.drawer.noText')}
            </code>
          </Fact>
        </dl>
        {reply.days.length > 0 && (
          <section aria-label={t('losses.course.title')}>
            <p className="mb-1 text-12 text-second">{t('losses.course.title')}</p>
            <DayTrend trend={row.trend} days={reply.days} tz={reply.range.tz} words={words} />
          </section>
        )}
        <p className="text-12 text-second">{t('losses.drawer.limits')}</p>
        <p className="flex flex-wrap items-center gap-3">
          <CopyButton text={ticket} words={words} />
          {href && (
            <Link prefetch={false} href={href} className="link">
              {t('losses.drawer.page')}
            </Link>
          )}
        </p>
        {knownForm}
      </div>
    </div>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-second">{term}</dt>
      <dd className="max-w-[68ch] wrap-anywhere">{children}</dd>
    </div>
  )
}

/** The dictionary is in English only. Pages in other languages mark these texts as English. */
function English({ words: { t, locale }, children }: { words: Words; children: string }) {
  if (locale === 'en') return children
  return (
    <>
      <span lang="en">{children}</span> <span className="tag">{t('losses.drawer.english')}</span>
    </>
  )
}

export function Candidates({ all, words }: { all: CandidateReply[]; words: Words }) {
  return (
    <ul className="space-y-3">
      {all.map((one) => (
        <li key={JSON.stringify([one.vendor, one.code, one.name])}>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">{reasonTitle({ ...one, candidates: undefined }, words)}</span>
            <span className="text-13 text-second">
              {one.vendor === 'tencent'
                ? words.t('losses.code.tencent')
                : vendorNames({ vendor: one.vendor, channel: 'offline' }, words).name}
              {' · '}
              {reasonActor(one.actor, words)}
            </span>
          </p>
          <p className="text-13">
            <code className="raw">{`${one.code} ${one.name === one.code ? '' : one.name}`.trim()}</code>
          </p>
          <p>
            <English words={words}>{one.meaning}</English>
          </p>
          <p className="text-second">
            <English words={words}>{one.fix}</English>
          </p>
          <p className="text-12 text-second">
            {words.t(`losses.evidence.${one.evidence}`)}
            {' · '}
            <Source text={one.source} />
          </p>
        </li>
      ))}
    </ul>
  )
}

/** Shows the short name of a source, as a link where it has an address. */
function Source({ text }: { text: string }) {
  const { name, url } = sourceNameOf(text)
  if (url === null) return name
  return (
    <a className="link" href={url} rel="noreferrer noopener" target="_blank">
      {name}
    </a>
  )
}
