import { distinctMinute, isoDay } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import type { RangeReply } from '@/lib/contract/ranges'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { SharedView, ShareQuery } from '@/lib/contract/shares/view'

interface Props {
  scope: ShareScope
  view: SharedView
  query: ShareQuery
  onQuery(query: ShareQuery): void
  tz: string
  words: Words
}

/** Narrows a live view: dates where the link allows it, one vendor, one campaign. The server narrows again. */
export function Filters({ scope, view, query, onQuery, tz, words }: Props) {
  const { t } = words
  const range = rangeOf(view)
  const vendors = vendorsOf(scope, view, query)
  const tasks = view.page === 'overview' || view.page === 'losses' ? tasksOf(scope) : []
  const hasDates = scope.dates.kind !== 'none' && range !== null
  const hasVendors = vendors.length > 1 || query.vendor !== undefined
  if (!hasDates && !hasVendors && tasks.length < 2) return null
  return (
    <section aria-label={t('shared.filter.label')} className="no-print flex flex-wrap items-end gap-3">
      {hasDates && <Dates {...{ scope, range, query, onQuery, tz, words }} />}
      {hasVendors && (
        <Choose
          label={t('shared.filter.vendor')}
          all={t('shared.filter.allVendors')}
          value={query.vendor}
          options={vendors.map((vendor) => [vendor, vendorNames({ vendor, channel: 'offline' }, words).name])}
          onChoose={(vendor) => onQuery({ ...query, vendor })}
        />
      )}
      {tasks.length > 1 && (
        <Choose
          label={t('shared.filter.campaign')}
          all={t('shared.filter.allCampaigns')}
          value={query.task[0]}
          options={tasks.map((task) => [task, stripControls(task)])}
          onChoose={(task) => onQuery({ ...query, task: task === undefined ? [] : [task] })}
        />
      )}
    </section>
  )
}

interface ChooseProps {
  label: string
  all: string
  value: string | undefined
  options: [value: string, text: string][]
  onChoose(value: string | undefined): void
}

function Choose({ label, all, value = '', options, onChoose }: ChooseProps) {
  return (
    <label className="block max-w-full min-w-0 text-13 font-medium">
      {label}
      <select
        className="field mt-1 max-w-60 font-normal"
        value={value}
        onChange={(event) => onChoose(event.target.value || undefined)}
      >
        <option value="">{all}</option>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

const DAY_MS = 86_400_000
/** The day before or after an ISO date. */
const shift = (date: string, days: number) => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)

/** The last day of the form is included; the range that is asked for ends at its end. */
function Dates({ scope, range, query, onQuery, tz, words }: Omit<Props, 'view'> & { range: RangeReply }) {
  const { t, locale } = words
  const limit = scope.range.mode === 'fixed' ? scope.range : null
  const days = limit && {
    min: isoDay(limit.from, tz),
    max: isoDay(new Date(Date.parse(limit.to) - 1).toISOString(), tz),
  }
  const isNarrowed = query.from !== undefined || query.range !== undefined
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        const fields = new FormData(event.currentTarget)
        const [from, through] = [String(fields.get('from')), String(fields.get('through'))]
        onQuery({ ...query, range: undefined, from, to: shift(through, 1) })
      }}
    >
      <DateField name="from" label={t('shared.filter.from')} value={isoDay(range.from, tz)} {...days} />
      <DateField
        name="through"
        label={t('shared.filter.to')}
        value={isoDay(new Date(Date.parse(range.to) - 1).toISOString(), tz)}
        {...days}
      />
      <button
        type="submit"
        className="button min-h-9"
        title={
          limit
            ? t('shared.filter.limit', {
                from: distinctMinute(limit.from, tz, locale),
                to: distinctMinute(limit.to, tz, locale),
              })
            : undefined
        }
      >
        {t('shared.filter.apply')}
      </button>
      {isNarrowed && (
        <button
          type="button"
          className="button min-h-9"
          onClick={() => onQuery({ ...query, range: undefined, from: undefined, to: undefined })}
        >
          {t('shared.filter.reset')}
        </button>
      )}
    </form>
  )
}

function DateField({
  label,
  value,
  ...rest
}: {
  name: string
  label: string
  value: string
  min?: string
  max?: string
}) {
  return (
    <label className="block text-13 font-medium">
      {label}
      <input type="date" required className="field mt-1 w-auto font-normal" defaultValue={value} {...rest} />
    </label>
  )
}

/** The range of the numbers; null for a list, which has none. */
function rangeOf(view: SharedView): RangeReply | null {
  if (view.page === 'overview') return view.funnel.range
  return view.page === 'losses' ? view.losses.range : null
}

/** The vendors that can be chosen: those of the link, else those that the numbers name, which are one when one is chosen. */
function vendorsOf({ vendors }: ShareScope, view: SharedView, { vendor }: ShareQuery): string[] {
  if (vendors !== null) return vendors
  if (view.page !== 'overview' && view.page !== 'losses') return []
  const rows = view.page === 'overview' ? view.funnel.vendors : view.losses.stages.flatMap((stage) => stage.vendors)
  const named = rows.flatMap((row) => (row.vendor === null || row.vendor === 'unknown' ? [] : [row.vendor]))
  return [...new Set(vendor === undefined ? named : [vendor, ...named])].sort()
}

const tasksOf = ({ tasks }: ShareScope): string[] => (tasks.kind === 'tasks' ? tasks.tasks : [])
