import Link from 'next/link'
import { isoDay, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Icon } from '@/components/ui/icon'
import type { FunnelView } from '@/lib/contract/links'
import { PRESETS, type RangeReply } from '@/lib/contract/ranges'
import { SOURCES } from '@/lib/contract/sources'

interface Props {
  app: string | null
  view: FunnelView
  range: RangeReply
  words: Words
  /** The page of the links, and the other fields that its form keeps. */
  path: string
  keptFields?: Record<string, string | undefined>
  hrefOf(view: FunnelView): string
}

/** Renders source and range as links, so that every view has an address and works without JavaScript. */
export function Controls(props: Props) {
  const { view, range, words, hrefOf } = props
  const { t } = words
  const preset = range.preset
  return (
    <div className="no-print flex max-w-full flex-wrap items-center gap-2">
      <ul aria-label={t('overview.source.label')} className="choices">
        {SOURCES.map((source) => (
          <li key={source}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf({ ...view, source })}
              title={t(`overview.source.${source}Meaning`)}
              aria-current={source === view.source ? 'true' : undefined}
            >
              {t(`overview.source.${source}`)}
            </Link>
          </li>
        ))}
      </ul>
      <ul aria-label={t('overview.range.label')} className="choices flex-wrap">
        {PRESETS.map((name) => (
          <li key={name}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf({ source: view.source, range: name, tz: view.tz })}
              aria-current={name === preset ? 'true' : undefined}
            >
              {t(`overview.range.${name}`)}
            </Link>
          </li>
        ))}
        <li>
          <OtherDates {...props} />
        </li>
      </ul>
    </div>
  )
}

function OtherDates({ app, view, range, path, keptFields = {}, words: { t } }: Props) {
  return (
    <details data-menu data-current={range.preset === null || undefined} className="relative">
      <summary title={t('overview.range.custom')}>
        <Icon name="calendar" size={16} />
        <span className="max-sm:sr-only">{t('overview.range.custom')}</span>
      </summary>
      <form
        action={path}
        method="get"
        className="menu end-0 w-64 space-y-3 p-4 max-sm:fixed max-sm:inset-x-3 max-sm:top-40 max-sm:w-auto"
      >
        {app !== null && <input type="hidden" name="app" value={app} />}
        <input type="hidden" name="source" value={view.source} />
        {Object.entries(keptFields).map(
          ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
        )}
        {view.tz && <input type="hidden" name="tz" value={view.tz} />}
        {(['from', 'to'] as const).map((end) => (
          <label key={end} className="block text-13 font-medium">
            {t(`overview.range.${end}`)}
            <input
              className="field mt-1 font-normal"
              type="date"
              name={end}
              required
              defaultValue={isoDay(range[end], range.tz)}
              key={range[end]}
            />
          </label>
        ))}
        <p className="text-12 text-second">{t('overview.range.zone', { zone: zoneName(range.from, range.tz) })}</p>
        <button type="submit" className="button w-full" data-kind="main">
          {t('overview.range.apply')}
        </button>
      </form>
    </details>
  )
}
