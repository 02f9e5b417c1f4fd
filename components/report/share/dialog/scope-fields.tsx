import { distinctMinute } from '@/components/i18n/time'
import { SHARE_LIMITS } from '@/lib/contract/limits'
import { PRESETS, type Preset } from '@/lib/contract/ranges'
import { SHARED_PAGES } from '@/lib/contract/shares/pages'
import type { ShareScope } from '@/lib/contract/shares/scope'
import { CampaignFields } from './campaign-fields'
import { Group, Problem, Radio } from './fields'
import type { FormProps } from './share-form'
import { VendorFields } from './vendor-fields'

export type ScopeProps = FormProps & { scope: ShareScope; onScope(scope: ShareScope): void }

/** What a link shows: pages, campaigns, vendors, range, and counts or rates. */
export function ScopeFields(props: ScopeProps) {
  const { scope, onScope, problems, words } = props
  const { t } = words
  const pages = SHARED_PAGES.filter((page) => page !== 'campaigns' || scope.source === 'task')
  return (
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
      <Group legend={t('shares.dialog.pages')}>
        {pages.map((page, i) => (
          <label key={page} className="flex min-h-7 items-center gap-2">
            <input
              type="checkbox"
              className="accent-accent"
              data-field={i === 0 ? 'pages' : undefined}
              checked={scope.pages.includes(page)}
              onChange={({ target }) =>
                onScope({
                  ...scope,
                  pages: pages.filter((one) => (one === page ? target.checked : scope.pages.includes(one))),
                })
              }
            />
            {t(`shared.pages.${page}`)}
          </label>
        ))}
        <Problem field="pages" problems={problems} words={words} />
      </Group>
      <Group legend={t('shares.dialog.figures')}>
        {(['counts', 'rates'] as const).map((figures) => (
          <Radio
            key={figures}
            name="figures"
            checked={scope.figures === figures}
            onChoose={() => onScope({ ...scope, figures })}
          >
            {t(`shares.dialog.${figures}`)}
          </Radio>
        ))}
      </Group>
      <CampaignFields {...props} />
      <VendorFields {...props} />
      <RangeField {...props} />
      {!props.draft.isFrozen && <DatesField {...props} />}
    </div>
  )
}

/** The range that the page shows can be kept; a rolling one moves with the day. */
function RangeField({ offer: { shown, tz }, scope, onScope, words }: ScopeProps) {
  const { t, locale } = words
  const time = (at: string) => distinctMinute(at, tz, locale)
  const kept = scope.range.mode === 'fixed' ? scope.range : shown
  return (
    <label className="block text-13 font-medium">
      {t('shares.dialog.range')}
      <select
        className="field mt-1 font-normal"
        value={scope.range.mode === 'fixed' ? 'fixed' : scope.range.preset}
        onChange={({ target }) =>
          onScope({
            ...scope,
            range:
              target.value === 'fixed' && kept
                ? { mode: 'fixed', from: kept.from, to: kept.to }
                : { mode: 'rolling', preset: target.value as Preset },
          })
        }
      >
        {kept && (
          <option value="fixed">{t('shares.dialog.shown', { from: time(kept.from), to: time(kept.to) })}</option>
        )}
        {PRESETS.map((preset) => (
          <option key={preset} value={preset}>
            {t(`shares.dialog.rolling.${preset}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

const USUAL_DAYS = 30

/** How far visitors may move the dates of a live link. */
function DatesField({ scope, onScope, words: { t } }: ScopeProps) {
  const { dates } = scope
  return (
    <div className="flex items-end gap-3">
      <label className="block min-w-0 flex-1 text-13 font-medium">
        {t('shares.dialog.dates')}
        <select
          className="field mt-1 font-normal"
          value={dates.kind}
          onChange={({ target }) =>
            onScope({
              ...scope,
              dates:
                target.value === 'back'
                  ? { kind: 'back', days: USUAL_DAYS }
                  : { kind: target.value === 'within' ? 'within' : 'none' },
            })
          }
        >
          <option value="none">{t('shares.dialog.datesNone')}</option>
          <option value="within">{t('shares.dialog.datesWithin')}</option>
          <option value="back">{t('shares.dialog.datesBack')}</option>
        </select>
      </label>
      {dates.kind === 'back' && (
        <label className="block w-20 text-13 font-medium">
          {t('shares.dialog.days')}
          <input
            type="number"
            className="field mt-1 font-normal"
            min={1}
            max={SHARE_LIMITS.days}
            value={dates.days}
            onChange={({ target }) => {
              const days = Math.min(SHARE_LIMITS.days, Math.max(1, Math.floor(Number(target.value)) || 1))
              onScope({ ...scope, dates: { kind: 'back', days } })
            }}
          />
        </label>
      )}
    </div>
  )
}
