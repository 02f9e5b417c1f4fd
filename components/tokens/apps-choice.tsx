import { useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { EVERY_APP } from '@/lib/contract/roles'

export interface AppChoice {
  id: string
  name: string
  sdkAppId: number
}

/** Returns the app IDs of a submitted form; empty where people chose single apps and ticked none. */
export function chosenApps(fields: FormData): string[] {
  return fields.get('scope') === 'every' ? [EVERY_APP] : fields.getAll('app').map(String)
}

/** Lets people choose all apps or some. The list is shown only for some. */
export function AppsChoice({ apps, words: { t } }: { apps: AppChoice[]; words: Words }) {
  const [some, setSome] = useState(false)
  return (
    <fieldset className="space-y-1">
      <legend className="text-13 font-medium">{t('tokens.create.apps')}</legend>
      <label className="flex min-h-8 items-baseline gap-2">
        <input
          type="radio"
          name="scope"
          value="every"
          checked={!some}
          onChange={() => setSome(false)}
          className="accent-accent"
        />
        {t('tokens.create.everyApp')}
      </label>
      <label className="flex min-h-8 items-baseline gap-2">
        <input
          type="radio"
          name="scope"
          value="some"
          checked={some}
          onChange={() => setSome(true)}
          className="accent-accent"
        />
        {t('tokens.create.someApps')}
      </label>
      {some && (
        <ul className="ms-6 max-h-48 overflow-auto">
          {apps.map(({ id, name, sdkAppId }) => (
            <li key={id}>
              <label className="flex min-h-8 items-baseline gap-2">
                <input
                  type="checkbox"
                  name="app"
                  value={id}
                  defaultChecked={apps.length === 1}
                  className="accent-accent"
                />
                <span>
                  {name} <span className="font-mono text-12 text-second">{sdkAppId}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  )
}
