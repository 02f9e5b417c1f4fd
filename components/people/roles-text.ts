import type { Words } from '@/components/i18n/words'
import type { GrantField } from '@/lib/contract/access/people'
import { EVERY_APP } from '@/lib/contract/roles'
import type { AppChoice } from './texts'

/** Such as `Viewer · all apps, Support · Shop`. An app that was removed is left out: the role grants nothing. */
export function rolesText(grants: GrantField[], apps: AppChoice[], { t }: Words): string {
  const roles = grants.flatMap(({ app, role }) => {
    const where = app === EVERY_APP ? t('people.everyApp') : apps.find(({ id }) => id === app)?.name
    return where === undefined ? [] : [t('people.roleOn', { role: t(`common.role.${role}`), where })]
  })
  return roles.join(', ') || t('people.noRole')
}
