import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import { grantsOfRows, roleAmong } from '@/lib/access/principal'
import { stateOf } from '@/lib/access/shares/state'
import { SHARE_LIMITS } from '@/lib/contract/limits'
import { EVERY_APP, mayRole } from '@/lib/contract/roles'
import type { ShareOwnersReply } from '@/lib/contract/shares/share'
import type { ShareContext } from './share-reply'

/** Returns the people who can own links of the app, because they administer it, by name. */
export async function listShareOwners(
  { store, clock }: ShareContext,
  { app }: Scoped<object>,
): Promise<ShareOwnersReply> {
  const nowS = wallS(clock)
  const [people, { items: rows }] = await Promise.all([
    store.people.list(),
    store.shares.list({ apps: [app.id], limit: SHARE_LIMITS.list }),
  ])
  const active = rows.filter((row) => ['open', 'paused'].includes(stateOf(row, nowS, true)))
  const items = people
    .filter((person) => person.disabled_at === null)
    .map((person) => ({ person, grants: grantsOfRows(person.grants) }))
    .filter(({ grants }) => isAdministrator(roleAmong(grants, app.id)))
    .map(({ person: { id, name }, grants }) => ({
      id,
      name,
      everyApp: isAdministrator(roleAmong(grants, EVERY_APP)),
      shares: active.filter(({ owner }) => owner === `person:${id}`).length,
    }))
  return { items: items.sort((a, b) => a.name.localeCompare(b.name)), next: null }
}

const isAdministrator = (role: ReturnType<typeof roleAmong>) => role !== null && mayRole(role, 'admin')
