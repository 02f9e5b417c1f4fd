import type { ReactNode } from 'react'
import { exact } from '@/components/i18n/number'
import { second, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { Problem } from '@/components/ui/problem'
import type { StatusReply } from '@/lib/contract/apps'
import type { ErrorCode } from '@/lib/contract/errors'
import { Archive } from './archive'
import { Collecting, Crowded } from './collecting'
import { Lanes } from './lanes'
import { OtherOffset, Probes } from './probes'

interface Props {
  reply: StatusReply
  words: Words
  failure?: ErrorCode | null
  /** The button that checks every endpoint: in the banner of a stopped app, else beside the heading. */
  repair?: ReactNode
  /** The form that changes the collection, and the button that separates lanes. */
  controls?: ReactNode
  apart?: ReactNode
}

/** Renders the state of an app's calls from a reply, equally on the server and in the browser. */
export function Status({ reply, words, failure = null, repair, controls, apart }: Props) {
  const { t } = words
  const { app, credential, lanes, now } = reply
  const calls = lanes.reduce((sum, lane) => sum + lane.callsToday, 0)
  const failed = lanes.reduce((sum, lane) => sum + lane.failedToday, 0)
  return (
    <div className="space-y-4">
      <Problem problem={credential} tz={app.utcOffset} repair={repair} words={words} />
      <Crowded reply={reply} apart={apart} words={words} />
      <OtherOffset reply={reply} words={words} />
      <Collecting reply={reply} controls={controls} words={words} />
      <section className="card" aria-labelledby="lanes">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-4 max-sm:px-4">
          <div>
            <h2 id="lanes" className="text-16 font-semibold">
              {t('system.lanes')}
            </h2>
            <p className="text-13 text-second" title={t('system.utcDay')}>
              {t('system.total', { calls: exact(calls), failed: exact(failed) })}
            </p>
          </div>
          {!credential && repair}
        </div>
        <Lanes reply={reply} words={words} />
      </section>
      <section className="card" aria-labelledby="archive">
        <div className="px-5 py-4 max-sm:px-4">
          <h2 id="archive" className="text-16 font-semibold">
            {t('system.archive.title')}
          </h2>
          <p className="text-13 text-second">{t('system.archive.lead')}</p>
        </div>
        <Archive reply={reply} words={words} />
      </section>
      <Probes reply={reply} words={words} />
      <div className="flex min-h-5 flex-wrap gap-x-3 px-1 text-12 text-second">
        <p>{t('system.asOf', { time: second(now, app.utcOffset), zone: zoneLabel(now, app.utcOffset) })}</p>
        <p>{t('system.utcDay')}</p>
        {failure && <NotRefreshed code={failure} words={words} />}
      </div>
    </div>
  )
}
