'use client'
import { useMemo, useState } from 'react'
import { createWords } from '@/components/i18n/words'
import { Field } from '@/components/ui/field'
import { errorCodeOf } from '@/lib/browser/api'
import { removeApp } from '@/lib/browser/apps'
import type { ErrorCode } from '@/lib/contract/errors'
import { PATHS } from '@/lib/contract/paths'
import type { FormProps } from './name-form'
import { Section } from './section'

const ARCHIVE = ['keep', 'erase'] as const

/** Removes the app after its SDKAppID was typed. The archive stays unless it is erased too. */
export function RemoveForm({ app, locale, messages }: FormProps) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | 'differ' | null>(null)
  async function remove({ confirm = '', archive }: Record<string, string>): Promise<void> {
    if (confirm !== String(app.sdkAppId)) return setFailure('differ')
    setBusy(true)
    setFailure(null)
    try {
      await removeApp(app.id, { confirm, archive: ARCHIVE.find((one) => one === archive) ?? 'keep' })
      location.assign(PATHS.apps)
    } catch (error) {
      setFailure(errorCodeOf(error))
      setBusy(false)
    }
  }
  return (
    <Section
      id="app-remove"
      title={t('apps.edit.remove')}
      lead={<p>{t('apps.edit.removeLead')}</p>}
      button={t(isBusy ? 'apps.edit.removing' : 'apps.edit.remove')}
      isBusy={isBusy}
      danger
      said={null}
      failure={failure && (failure === 'differ' ? t('apps.edit.differ') : t(`errors.${failure}.title`))}
      submit={remove}
    >
      <fieldset className="space-y-2">
        <legend className="sr-only">{t('apps.edit.remove')}</legend>
        {ARCHIVE.map((value) => (
          <label key={value} className="flex items-start gap-2.5">
            <input
              type="radio"
              name="archive"
              value={value}
              defaultChecked={value === 'keep'}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              {t(`apps.edit.${value}`)}
              <span className="block text-13 text-second">{t(`apps.edit.${value}Hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field
        name="confirm"
        label={t('apps.edit.confirm', { id: String(app.sdkAppId) })}
        required
        inputMode="numeric"
        maxLength={20}
        invalid={failure === 'differ'}
      />
    </Section>
  )
}
