'use client'
import { useId } from 'react'
import { storePreference } from '@/components/frame/preference'
import type { Keys } from '@/components/i18n/locale'
import type { Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'

/** Switches the shortcuts of a single key on and off in this browser. */
export function KeysSwitch({ initial, words: { t } }: { initial: Keys; words: Words }) {
  const id = useId()
  const hydrated = useHydrated()
  return (
    <div className="text-13">
      <label className="flex min-h-6 items-center gap-2 font-medium max-sm:min-h-11">
        <input
          type="checkbox"
          className="accent-accent"
          defaultChecked={initial === 'on'}
          disabled={!hydrated}
          aria-describedby={id}
          onChange={(event) => storePreference('keys', event.currentTarget.checked ? 'on' : 'off')}
        />
        {t('keys.switch')}
      </label>
      <p id={id} className="mt-1 text-12 text-second">
        {t('keys.switchMeaning')}
      </p>
    </div>
  )
}
