import type { Words } from '@/components/i18n/words'
import type { GrantField } from '@/lib/contract/access/people'
import { EVERY_APP, ROLES } from '@/lib/contract/roles'
import type { AppChoice } from './texts'

const PREFIX = 'role of '

interface Props {
  /** Unique on the page, for the labels. */
  id: string
  grants: GrantField[]
  apps: AppChoice[]
  words: Words
}

/** Chooses a role on all apps and on each app. The wider of the two counts. */
export function RoleFields({ id, grants, apps, words: { t } }: Props) {
  const rows = [{ id: EVERY_APP, name: t('people.roles.every') }, ...apps]
  return (
    <ul className="space-y-2">
      {rows.map((app) => (
        <li key={app.id} className="grid grid-cols-[minmax(0,1fr)_10.5rem] items-center gap-x-4">
          <label htmlFor={`${id}-${app.id}`} className="min-w-0 text-13 break-words">
            {app.name}
          </label>
          <select
            id={`${id}-${app.id}`}
            name={`${PREFIX}${app.id}`}
            className="field max-sm:min-h-11"
            defaultValue={grants.find((grant) => grant.app === app.id)?.role ?? ''}
          >
            <option value="">{t('people.roles.none')}</option>
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`common.role.${role}`)}
              </option>
            ))}
          </select>
        </li>
      ))}
    </ul>
  )
}

/** Reads the chosen roles of a form. */
export function grantsOfForm(form: FormData): GrantField[] {
  return [...form].flatMap(([name, value]) => {
    const role = ROLES.find((known) => known === value)
    return role && name.startsWith(PREFIX) ? [{ app: name.slice(PREFIX.length), role }] : []
  })
}

/** Says what each role may do. */
export function RoleMeanings({ words: { t } }: { words: Words }) {
  return (
    <dl className="grid gap-x-4 gap-y-1 text-13 sm:grid-cols-[auto_1fr]">
      {ROLES.map((role) => (
        <div key={role} className="contents">
          <dt className="font-medium">{t(`common.role.${role}`)}</dt>
          <dd className="text-second max-sm:mb-1">{t(`people.roles.about.${role}`)}</dd>
        </div>
      ))}
    </dl>
  )
}
