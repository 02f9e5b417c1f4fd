'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useId } from 'react'
import { type PreferenceName, storePreference } from '@/components/frame/preference'
import { LANGUAGE_NAMES, LOCALES, THEMES, type Theme } from '@/components/i18n/locale'
import { useViewerZone } from '@/components/i18n/viewer-zone'
import { createWords } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import type { Texts } from './texts'

interface Props extends Texts {
  theme: Theme
  zone: string | null
}

/** Chooses language, theme and zone. Each choice is stored at once. */
export function DisplayForm({ theme, zone, locale, messages }: Props) {
  const { t } = createWords(locale, messages)
  const zones = useZones(zone)
  const own = useViewerZone()
  return (
    <div className="grid gap-3 sm:max-w-80">
      <Choice name="locale" label={t('profile.display.language')} value={locale}>
        {LOCALES.map((value) => (
          <option key={value} value={value} lang={value}>
            {LANGUAGE_NAMES[value]}
          </option>
        ))}
      </Choice>
      <Choice name="theme" label={t('profile.display.theme')} value={theme}>
        {THEMES.map((value) => (
          <option key={value} value={value}>
            {t(`common.theme.${value}`)}
          </option>
        ))}
      </Choice>
      <Choice name="zone" label={t('profile.display.zone')} value={zone ?? ''} hint={t('profile.display.zoneHint')}>
        <option value="">{t('profile.display.appZone')}</option>
        {own && <option value={own}>{t('profile.display.ownZone', { zone: own })}</option>}
        <optgroup label={t('profile.display.zones')}>
          {zones
            .filter((name) => name !== own)
            .map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </optgroup>
      </Choice>
    </div>
  )
}

interface ChoiceProps {
  name: PreferenceName
  label: string
  value: string
  hint?: string
  children: ReactNode
}

function Choice({ name, label, value, hint, children }: ChoiceProps) {
  const id = useId()
  const router = useRouter()
  const hydrated = useHydrated()
  return (
    <div>
      <label htmlFor={id} className="block text-13 font-medium">
        {label}
      </label>
      <select
        id={id}
        // The value comes from the server, also after a choice in the header's menu.
        key={value}
        className="field mt-1 max-sm:min-h-11"
        defaultValue={value}
        disabled={!hydrated}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          storePreference(name, event.currentTarget.value)
          router.refresh()
        }}
      >
        {children}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-12 text-second">
          {hint}
        </p>
      )}
    </div>
  )
}

/** Lists every zone in the browser. The server sends the chosen one only, because the list is 8 kB. */
function useZones(chosen: string | null): string[] {
  const hydrated = useHydrated()
  if (hydrated) return Intl.supportedValuesOf('timeZone')
  return chosen === null ? [] : [chosen]
}
