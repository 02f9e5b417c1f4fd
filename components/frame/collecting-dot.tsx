import Link from 'next/link'
import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { CollectingReply } from '@/lib/contract/apps'
import { pageHref } from '@/lib/contract/links'
import { appParam, mayAdminister, type Viewer } from './viewer'

/** Each state has its own shape, so that colour is not the only sign. */
const SHAPE: Record<CollectingReply['state'], string> = {
  collecting: 'rounded-full bg-good',
  paused: 'rounded-full border-2 border-warn',
  stopped: 'bg-bad',
  late: 'rotate-45 bg-warn',
  off: 'rounded-full border border-second',
}

/** Shows whether data collection runs: a dot and a word. On a narrow screen only screen readers read the word. */
export function CollectingDot({ viewer, words: { t, locale } }: { viewer: Viewer; words: Words }) {
  const { app, collecting } = viewer
  if (!app || !collecting) return null
  const { state, since } = collecting
  const begun =
    since &&
    t('common.problem.since', { time: minute(since, app.utcOffset, locale), zone: zoneLabel(since, app.utcOffset) })
  const title = [t(`common.collecting.meaning.${state}`), begun].filter(Boolean).join(' ')
  const dot = (
    <>
      <span aria-hidden="true" className={`inline-block size-2.5 shrink-0 ${SHAPE[state]}`} />
      <span className="max-lg:sr-only">{t(`common.collecting.${state}`)}</span>
    </>
  )
  const look = 'flex min-h-9 shrink-0 items-center gap-2 rounded-6 px-2 text-13 text-second'
  if (!mayAdminister(viewer)) {
    return (
      <p className={look} title={title}>
        {dot}
      </p>
    )
  }
  return (
    <Link
      prefetch={false}
      href={pageHref('system', appParam(viewer))}
      title={title}
      className={`${look} hover:bg-sunk hover:text-text`}
    >
      {dot}
    </Link>
  )
}
