'use client'
import { useEffect, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages, type Words } from '@/components/i18n/words'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { Notice } from '@/components/ui/notice'
import { Problem } from '@/components/ui/problem'
import { errorCodeOf } from '@/lib/browser/api'
import { downloadBulk } from '@/lib/browser/bulk'
import type { ErrorCode } from '@/lib/contract/errors'
import { BulkTable } from './bulk-table'
import { PressToLookUp } from './press-to-look-up'
import { type Bulk, useBulk } from './use-bulk'

interface Props {
  app: { id: string; name: string; utcOffset: string }
  /** False after a link of another site: the list then waits for a press. */
  ownVisit: boolean
  locale: Locale
  messages: Partial<Messages>
}

/** Renders a list of look-ups that fills over time. The list is sealed in the fragment of the address. */
export function BulkLookup({ app, ownVisit, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const [list, setList] = useState<string | null>(null)
  const [mayStart, setMayStart] = useState(ownVisit)
  useEffect(() => {
    const read = () => setList(location.hash.slice(1))
    read()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  if (list === null) return null
  if (!mayStart && list !== '') return <PressToLookUp press={() => setMayStart(true)} words={words} />
  return <List key={list} app={app} list={list} words={words} />
}

function List({ app, list, words }: { app: Props['app']; list: string; words: Words }) {
  const { t } = words
  const bulk = useBulk(app.id, list)
  const { rows, last, leftOut, state, failure } = bulk
  const heldBack = rows.filter((row) => row.state === 'held_back').length
  if (state === 'lost') {
    return failure && failure !== 'bad_request' ? (
      <Problem problem={null} failure={failure} tz={app.utcOffset} words={words} />
    ) : (
      <Notice kind="warn" title={t('box.bulk.lost')} />
    )
  }
  return (
    <div className="space-y-4">
      {leftOut > 0 && <Notice kind="warn" title={t('box.bulk.leftOut', { n: leftOut })} />}
      {state === 'running' && <Problem problem={last?.problem ?? null} tz={app.utcOffset} words={words} />}
      <Progress bulk={bulk} app={app.id} words={words} />
      {heldBack > 0 && state !== 'running' && (
        <Notice
          kind="info"
          title={t('box.bulk.heldBack', { n: heldBack })}
          action={
            <button type="button" className="button min-h-11" onClick={() => bulk.resume(true)}>
              {t('box.bulk.askHeldBack')}
            </button>
          }
        />
      )}
      <BulkTable rows={rows} app={app} words={words} />
    </div>
  )
}

function Progress({ bulk, app, words }: { bulk: Bulk; app: string; words: Words }) {
  const { t } = words
  const [saving, setSaving] = useState<ErrorCode | null>(null)
  const { rows, last, state, failure } = bulk
  const done = rows.filter((row) => row.state === 'done' || row.state === 'refused').length
  const waiting = rows.some((row) => row.state === 'waiting')
  const seconds = last?.etaMs == null ? null : Math.max(1, Math.ceil(last.etaMs / 1_000))
  const items = rows.map(({ item }) => item)
  const csv = () =>
    downloadBulk(app, items).then(
      () => setSaving(null),
      (error) => setSaving(errorCodeOf(error)),
    )
  return (
    <div className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4">
      <div className="min-w-0 flex-1 basis-60">
        <progress
          className="bulk-progress"
          max={Math.max(1, rows.length)}
          value={done}
          aria-label={t('box.bulk.title')}
        />
        <p role="status" className="flex flex-wrap gap-x-3 text-13">
          <span>{t('box.bulk.progress', { done, all: rows.length })}</span>
          {state === 'running' && waiting && seconds !== null && <span>{t('box.bulk.eta', { seconds })}</span>}
          {state === 'running' && last?.place != null && <span>{t('box.bulk.place', { place: last.place })}</span>}
          {state === 'stopped' && <span>{t('box.bulk.stopped')}</span>}
        </p>
        {(failure ?? saving) && <NotRefreshed code={failure ?? saving ?? 'internal'} words={words} />}
      </div>
      <p className="flex flex-wrap gap-2">
        {state === 'running' && waiting && (
          <button type="button" className="button min-h-11" onClick={bulk.stop}>
            {t('box.bulk.stop')}
          </button>
        )}
        {state === 'stopped' && waiting && (
          <button type="button" className="button min-h-11" onClick={() => bulk.resume(false)}>
            {t('box.bulk.resume')}
          </button>
        )}
        <button
          type="button"
          className="button min-h-11"
          title={t('box.bulk.csvMeaning')}
          disabled={done === 0}
          onClick={csv}
        >
          {t('box.bulk.csv')}
        </button>
      </p>
    </div>
  )
}
