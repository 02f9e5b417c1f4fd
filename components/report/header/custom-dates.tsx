import { dayAndTime, isoDay, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Icon } from '@/components/ui/icon'
import type { FunnelView } from '@/lib/contract/links'
import type { RangeReply } from '@/lib/contract/ranges'
import { customLabel, isOfDays, lastMinute } from './custom-label'
import { OFFERED_ZONES } from './zones'

interface Props {
  app: string | null
  view: FunnelView
  range: RangeReply
  path: string
  keptFields?: Record<string, string | undefined>
  words: Words
}

/** The form for custom dates. Its last day is included; the server makes the half-open range from it. */
export function CustomDates({ app, view, range, path, keptFields = {}, words }: Props) {
  const { t } = words
  const kept = { app: app ?? undefined, source: view.source, ...keptFields }
  return (
    <details data-menu data-current={range.preset === null || undefined} className="relative">
      <summary title={t('overview.range.custom')}>
        <Icon name="calendar" size={16} />
        {range.preset === null ? (
          customLabel(range, view, words)
        ) : (
          <span className="max-2xl:sr-only">{t('overview.range.custom')}</span>
        )}
      </summary>
      <form
        action={path}
        method="get"
        // The fields keep what was typed, so a new range needs new fields.
        key={`${range.from} ${range.to} ${range.tz}`}
        className="menu end-0 w-80 space-y-3 p-4 max-sm:fixed! max-sm:inset-x-3 max-sm:top-auto! max-sm:bottom-18 max-sm:w-auto"
      >
        {Object.entries(kept).map(
          ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
        )}
        <Fields view={view} range={range} words={words} />
        <button type="submit" className="button w-full" data-kind="main">
          {t('overview.range.apply')}
        </button>
      </form>
    </details>
  )
}

function Fields({ view, range, words: { t } }: Pick<Props, 'view' | 'range' | 'words'>) {
  const { from, to, tz } = range
  const start = dayAndTime(from, tz)
  const end = dayAndTime(to, tz)
  const isTimed = !isOfDays(range, view)
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('overview.range.from')} name="from" type="date" value={start.day} />
        <Field
          label={t('overview.range.through')}
          name="through"
          type="date"
          value={isTimed ? end.day : isoDay(lastMinute(range), tz)}
        />
      </div>
      <details open={isTimed}>
        <summary className="min-h-6 text-13">
          <span className="link">{t('overview.range.times')}</span>
        </summary>
        <div className="mt-2 grid grid-cols-2 gap-3">
          <Field label={t('overview.range.fromTime')} name="fromTime" type="time" value={isTimed ? start.time : ''} />
          <Field
            label={t('overview.range.throughTime')}
            name="throughTime"
            type="time"
            value={isTimed ? end.time : ''}
          />
        </div>
      </details>
      <label className="block text-13 font-medium">
        {t('overview.range.zone')}
        <select className="field mt-1 font-normal" name="tz" defaultValue={tz}>
          {[tz, ...OFFERED_ZONES.filter((name) => name !== tz)].map((name) => (
            <option key={name} value={name}>
              {zoneName(from, name)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

function Field({ label, name, type, value }: { label: string; name: string; type: 'date' | 'time'; value: string }) {
  return (
    <label className="block text-13 font-medium">
      {label}
      <input
        className="field mt-1 font-normal"
        type={type}
        name={name}
        required={type === 'date'}
        defaultValue={value}
      />
    </label>
  )
}
