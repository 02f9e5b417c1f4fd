import { SHARE_LIMITS } from '@/lib/contract/limits'
import { END_DAYS } from './draft'
import { Problem, TextField } from './fields'
import type { FormProps } from './share-form'

/** How long a link works and who gets in: end, password, sites that may embed it. */
export function AccessFields({ draft, problems, needsPassword, onChange, words }: FormProps) {
  const { t } = words
  return (
    <>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
        <div>
          <label className="block text-13 font-medium">
            {t('shares.dialog.ends')}
            <select
              className="field mt-1 font-normal"
              data-field="endsAt"
              value={draft.days}
              onChange={({ target }) => onChange({ ...draft, days: Number(target.value) })}
            >
              {END_DAYS.map((n) => (
                <option key={n} value={n}>
                  {t('shares.dialog.endsIn', { n })}
                </option>
              ))}
            </select>
          </label>
          <p className="mt-1 text-12 text-second">{t('shares.dialog.endsHint')}</p>
          <Problem field="endsAt" problems={problems} words={words} />
        </div>
        <TextField
          field="password"
          type="password"
          label={t('shares.dialog.password')}
          hint={t(needsPassword ? 'shares.dialog.passwordNeeded' : 'shares.dialog.passwordHint', {
            n: SHARE_LIMITS.password,
          })}
          value={draft.password}
          maxLength={200}
          problems={problems}
          onValue={(password) => onChange({ ...draft, password })}
          words={words}
        />
      </div>
      <details>
        <summary className="min-h-6">
          <span className="link text-13">{t('shares.dialog.more')}</span>
        </summary>
        <div className="space-y-4 pt-3">
          <TextField
            field="origins"
            isLong
            label={t('shares.dialog.origins')}
            hint={t('shares.dialog.originsHint')}
            value={draft.origins}
            maxLength={2_000}
            problems={problems}
            onValue={(origins) => onChange({ ...draft, origins })}
            words={words}
          />
          <div>
            <label className="flex min-h-6 items-center gap-2 text-13">
              <input
                type="checkbox"
                className="accent-accent"
                checked={draft.picture}
                onChange={({ target }) => onChange({ ...draft, picture: target.checked })}
              />
              {t('shares.dialog.picture')}
            </label>
            <p className="mt-1 text-12 text-second">{t('shares.dialog.pictureMeaning')}</p>
          </div>
        </div>
      </details>
    </>
  )
}
