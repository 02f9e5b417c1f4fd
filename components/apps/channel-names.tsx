'use client'
import { useMemo } from 'react'
import { createWords } from '@/components/i18n/words'
import { Field } from '@/components/ui/field'
import { APP_LIMITS } from '@/lib/contract/limits'
import type { FormProps } from './name-form'
import { Section } from './section'
import { useChange } from './use-change'

/** Names the channels whose number Tencent does not document: those in the data, and those that have a name. */
export function ChannelNames({ app, unnamed, locale, messages }: FormProps & { unnamed: string[] }) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const { state, failure, change } = useChange(app.id)
  const names = app.channels ?? {}
  const vendors = [...new Set([...unnamed, ...Object.keys(names)])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  if (vendors.length === 0) {
    return (
      <section className="card p-5 sm:p-6" aria-labelledby="app-channels">
        <h2 id="app-channels" className="text-16 font-semibold">
          {t('apps.edit.channels')}
        </h2>
        <p className="mt-1 text-13 text-second">{t('apps.edit.channelsNone')}</p>
      </section>
    )
  }
  return (
    <Section
      id="app-channels"
      title={t('apps.edit.channels')}
      lead={<p>{t('apps.edit.channelsLead')}</p>}
      button={t(state === 'busy' ? 'apps.edit.busy' : 'apps.edit.save')}
      isBusy={state === 'busy'}
      said={state === 'done' ? t('apps.edit.saved') : null}
      failure={failure && t(`errors.${failure}.title`)}
      submit={(channels) => change({ channels })}
    >
      {vendors.map((vendor) => (
        <Field
          key={vendor}
          name={vendor}
          label={t('apps.edit.channel', { n: vendor.replace('platform_', '') })}
          defaultValue={names[vendor] ?? ''}
          maxLength={APP_LIMITS.channelName}
          autoCapitalize="words"
        />
      ))}
    </Section>
  )
}
