'use client'
import { useMemo, useState } from 'react'
import { createWords } from '@/components/i18n/words'
import { Field } from '@/components/ui/field'
import { errorCodeOf } from '@/lib/browser/api'
import { checkCredentials } from '@/lib/browser/apps'
import type { CheckReply } from '@/lib/contract/apps/check'
import type { CheckBody } from '@/lib/contract/apps/manage'
import type { ErrorCode } from '@/lib/contract/errors'
import { REGIONS } from '@/lib/contract/sources'
import { answerTo, problemsOf, resultOf } from './answers'
import { CheckResult } from './check-result'
import { AccessFields } from './fields'
import type { FormProps } from './name-form'
import { Section } from './section'
import { useChange } from './use-change'

/** Replaces key, administrator or region. The present values stay in use until Tencent has accepted the new ones. */
export function Credentials({ app, locale, messages }: FormProps) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  const { settings } = app
  const { state, failure, change } = useChange(app.id)
  const [isTesting, setTesting] = useState(false)
  const [refused, setRefused] = useState<{ check: CheckReply; typedKey: string } | null>(null)
  const [problem, setProblem] = useState<ErrorCode | 'unchanged' | null>(null)

  async function replace(fields: Record<string, string>): Promise<void> {
    const given = changed(fields)
    setRefused(null)
    if (Object.keys(given).length === 0) return setProblem('unchanged')
    setProblem(null)
    setTesting(true)
    try {
      const check = await checkCredentials(app.id, given)
      if (resultOf(check) === 'refused') setRefused({ check, typedKey: fields.secretKey ?? '' })
      else await change(given)
    } catch (error) {
      setProblem(errorCodeOf(error))
    }
    setTesting(false)
  }

  /** Returns the fields that differ from the values in use. */
  function changed({ secretKey = '', adminId = '', region = '' }: Record<string, string>): CheckBody {
    const chosen = REGIONS.find((one) => one === region)
    return {
      ...(secretKey === '' ? {} : { secretKey }),
      ...(adminId === settings?.adminId ? {} : { adminId }),
      ...(chosen === undefined || chosen === app.region ? {} : { region: chosen }),
    }
  }

  const wrong = problem ?? failure
  const fault = refused ? (problemsOf(refused.check).flatMap((one) => answerTo(one)?.field ?? [])[0] ?? null) : null
  const failed = wrong && (wrong === 'unchanged' ? t('apps.edit.unchanged') : t(`errors.${wrong}.title`))
  return (
    <Section
      id="app-key"
      title={t('apps.edit.key')}
      lead={
        <>
          <p>{t('apps.edit.keyLead')}</p>
          <p>{settings && t('apps.edit.fingerprint', { fingerprint: settings.fingerprint })}</p>
        </>
      }
      button={t(isTesting ? 'apps.edit.replacing' : 'apps.edit.replace')}
      isBusy={isTesting}
      said={state === 'done' && !refused && !wrong ? t('apps.edit.replaced') : null}
      failure={refused ? t('apps.edit.stays') : failed}
      submit={replace}
    >
      <Field
        key={settings?.fingerprint}
        name="secretKey"
        type="password"
        label={t('apps.edit.newKey')}
        hint={t('apps.edit.newKeyHint')}
        showLabel={t('apps.field.show')}
        invalid={fault === 'secretKey'}
      />
      <AccessFields app={app} fault={fault} words={words} />
      {refused && <CheckResult {...refused} words={words} />}
    </Section>
  )
}
