'use client'
import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { AppReply } from '@/lib/contract/apps'
import type { AppChangeBody } from '@/lib/contract/apps/manage'
import { connectHref, editAppHref, pageHref } from '@/lib/contract/links'

interface Props {
  app: AppReply
  /** Counts from 1; 0 for a draft, which has no place yet. */
  place: number
  places: number
  isPending: boolean
  change(changes: AppChangeBody): void
  words: Words
}

type Settings = NonNullable<AppReply['settings']>

/** One app: its name, region and state, and what can be done with it. */
export function AppRow({ app, place, places, isPending, change, words }: Props) {
  const { t } = words
  const { settings } = app
  const name = stripControls(app.name)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold wrap-anywhere">{name}</span>
          <span className="font-mono text-12 text-second">{app.sdkAppId}</span>
        </p>
        <p className="text-13 text-second">{factsOf(app, words)}</p>
        {settings && <State settings={settings} tz={app.utcOffset} words={words} />}
      </div>
      <div className="needs-script flex flex-wrap gap-2">
        {places > 1 && place > 0 && (
          <>
            <button
              type="button"
              className="button w-9 px-0! max-sm:min-h-11 max-sm:w-11"
              disabled={isPending || place === 1}
              aria-label={t('apps.list.up', { name })}
              onClick={() => change({ place: place - 1 })}
            >
              ↑
            </button>
            <button
              type="button"
              className="button w-9 px-0! max-sm:min-h-11 max-sm:w-11"
              disabled={isPending || place === places}
              aria-label={t('apps.list.down', { name })}
              onClick={() => change({ place: place + 1 })}
            >
              ↓
            </button>
          </>
        )}
        {settings?.draft ? (
          <a href={connectHref(app.id)} className="button max-sm:min-h-11">
            {t('apps.list.continue')}
          </a>
        ) : (
          <>
            <button
              type="button"
              className="button max-sm:min-h-11"
              disabled={isPending}
              aria-label={t(settings?.pausedAt ? 'apps.list.resumeOf' : 'apps.list.pauseOf', { name })}
              onClick={() => change({ paused: !settings?.pausedAt })}
            >
              {t(settings?.pausedAt ? 'apps.list.resume' : 'apps.list.pause')}
            </button>
            <a href={pageHref('overview', app.id)} className="button max-sm:min-h-11">
              {t('apps.list.open')}
            </a>
            <a href={editAppHref(app.id)} className="button max-sm:min-h-11">
              {t('apps.list.settings')}
            </a>
          </>
        )}
      </div>
    </li>
  )
}

function factsOf({ region, demo, settings }: AppReply, { t }: Words): string {
  const facts = [
    t(`apps.region.${region}`),
    demo && t('apps.list.demo'),
    settings?.fixed && !demo && t('apps.list.fixed'),
    settings && t('apps.list.key', { fingerprint: settings.fingerprint }),
  ]
  return facts.filter(Boolean).join(' · ')
}

function State({ settings, tz, words: { t, locale } }: { settings: Settings; tz: string; words: Words }) {
  const { draft, problem, pausedAt } = settings
  if (draft) return <p className="text-13 text-warn">{t('apps.list.state.draft')}</p>
  if (problem) {
    return (
      <p className="text-13 text-bad">{t('apps.list.state.stopped', { why: t(`errors.${problem.code}.title`) })}</p>
    )
  }
  if (pausedAt === null) return <p className="text-13 text-good">{t('apps.list.state.collecting')}</p>
  return <p className="text-13 text-warn">{t('apps.list.state.paused', { time: minute(pausedAt, tz, locale) })}</p>
}
