'use client'
import type { Words } from '@/components/i18n/words'
import { Field } from '@/components/ui/field'
import type { AppReply } from '@/lib/contract/apps'
import { APP_LIMITS } from '@/lib/contract/limits'
import { REGIONS } from '@/lib/contract/sources'
import { Select } from './select'

interface Props {
  app: AppReply | null
  /** The field to correct. */
  fault: string | null
  words: Words
}

/** The administrator account and the region, which belong to the key. */
export function AccessFields({ app, fault, words: { t } }: Props) {
  return (
    <>
      <Field
        name="adminId"
        label={t('apps.field.adminId')}
        hint={t('apps.field.adminIdHint')}
        defaultValue={app?.settings?.adminId ?? 'administrator'}
        required
        maxLength={APP_LIMITS.adminId}
        invalid={fault === 'adminId'}
      />
      <Select
        name="region"
        label={t('apps.field.region')}
        hint={t('apps.field.regionHint')}
        defaultValue={app?.region ?? 'china'}
        options={REGIONS.map((value) => ({ value, label: t(`apps.region.${value}`) }))}
        invalid={fault === 'region'}
      />
    </>
  )
}

/** All fields of a new app. The key of a draft that is stored already may stay empty. */
export function AppFields({ app, fault, words }: Props) {
  const { t } = words
  return (
    <>
      <Field
        name="sdkAppId"
        label={t('apps.field.sdkAppId')}
        hint={t('apps.field.sdkAppIdHint')}
        inputMode="numeric"
        pattern="\s*[0-9]{1,10}\s*"
        required
        autoFocus
        defaultValue={app ? String(app.sdkAppId) : ''}
        invalid={fault === 'sdkAppId'}
      />
      <Field
        name="secretKey"
        type="password"
        label={t('apps.field.secretKey')}
        hint={
          app?.settings
            ? t('apps.field.secretKeyKept', { fingerprint: app.settings.fingerprint })
            : t('apps.field.secretKeyHint')
        }
        required={app === null}
        minLength={APP_LIMITS.leastKey}
        showLabel={t('apps.field.show')}
        invalid={fault === 'secretKey'}
      />
      <AccessFields app={app} fault={fault} words={words} />
      <Field
        name="name"
        label={t('apps.field.name')}
        hint={t('apps.field.nameHint')}
        autoCapitalize="sentences"
        maxLength={APP_LIMITS.name}
        defaultValue={app?.name ?? ''}
        invalid={fault === 'name'}
      />
      <Field
        name="utcOffset"
        label={t('apps.field.utcOffset')}
        hint={t('apps.field.utcOffsetHint')}
        pattern="[+\-](0[0-9]|1[0-4]):[0-5][0-9]"
        required
        defaultValue={app?.utcOffset ?? '+08:00'}
        invalid={fault === 'utcOffset'}
      />
    </>
  )
}
