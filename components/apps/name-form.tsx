'use client'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type PageMessages } from '@/components/i18n/words'
import { Field } from '@/components/ui/field'
import type { AppReply } from '@/lib/contract/apps'
import { APP_LIMITS } from '@/lib/contract/limits'
import { Section } from './section'
import { useChange } from './use-change'

export interface FormProps {
  app: AppReply
  locale: Locale
  messages: PageMessages
}

export function NameForm({ app, locale, messages }: FormProps) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  const { state, failure, change } = useChange(app.id)
  return (
    <Section
      id="app-name"
      title={t('apps.edit.name')}
      button={t(state === 'busy' ? 'apps.edit.busy' : 'apps.edit.save')}
      isBusy={state === 'busy'}
      said={state === 'done' ? t('apps.edit.saved') : null}
      failure={failure && t(`errors.${failure}.title`)}
      submit={(fields) => change({ name: fields.name })}
    >
      <Field
        name="name"
        label={t('apps.field.name')}
        defaultValue={app.name}
        required
        autoCapitalize="sentences"
        maxLength={APP_LIMITS.name}
      />
    </Section>
  )
}
