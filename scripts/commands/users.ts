import { COMMAND_LINE } from '@/lib/access/authorize'
import type { AccessDeps } from '@/lib/access/deps'
import { changePerson, endSessionsOf, removePerson } from '@/lib/access/people/change-person'
import { invitePerson } from '@/lib/access/people/invite'
import { listPeople } from '@/lib/access/people/list-people'
import { normalEmail } from '@/lib/access/sign-in/email'
import type { PersonReply } from '@/lib/contract/access/people'
import { PushlensError } from '@/lib/contract/errors'
import { INVITATION_DAYS } from '@/lib/contract/limits'
import { inviteHref } from '@/lib/contract/links'
import type { Command, CommandOptions } from './command'
import { days, need, role, withContext } from './people'

/** Each change is effective on the person's next request at every server, because nothing of it is cached. */
export const inviteUser: Command = (env, given) =>
  withContext(async ({ access }) => {
    const invitation = {
      email: need(given, 'email'),
      grants: [{ app: given.app, role: role(given) }],
      days: given.days === undefined ? INVITATION_DAYS.usual : days(given, INVITATION_DAYS.longest),
    }
    const { secret } = await invitePerson(access, COMMAND_LINE, invitation)
    return new URL(inviteHref(secret.reveal()), env.publicUrl).href
  })(env, given)

export const listUsers: Command = withContext(async ({ access }) => {
  const { items } = await listPeople(access, COMMAND_LINE)
  return items.length === 0 ? 'Nobody yet.' : items.map(lineOf).join('\n')
})

export const setUserRole: Command = withContext(async ({ access }, given) => {
  const person = await personOf(access, given)
  const others = person.grants.filter(({ app }) => app !== given.app)
  const grants = given.role === 'none' ? others : [...others, { app: given.app, role: role(given) }]
  await changePerson(access, COMMAND_LINE, { person: person.id, grants })
  return `${person.email} is signed out. Roles: ${rolesOf({ grants })}`
})

export const disableUser: Command = withContext(async ({ access }, given) => {
  const { id, email } = await personOf(access, given)
  await changePerson(access, COMMAND_LINE, {
    person: id,
    disabled: true,
    revokeTokens: given['revoke-tokens'] ?? false,
  })
  return `${email} is disabled and signed out.`
})

export const enableUser: Command = withContext(async ({ access }, given) => {
  const { id, email } = await personOf(access, given)
  await changePerson(access, COMMAND_LINE, { person: id, disabled: false })
  return `${email} can sign in again.`
})

export const removeUser: Command = withContext(async ({ access }, given) => {
  const { id, email } = await personOf(access, given)
  const query = { person: id, confirm: need(given, 'confirm'), revokeTokens: given['revoke-tokens'] ?? false }
  const { tokens, shares } = await removePerson(access, COMMAND_LINE, query)
  return `${email} is removed. Revoked API tokens: ${tokens}; shared links that ended: ${shares}`
})

export const endUserSessions: Command = withContext(async ({ access }, given) => {
  const { id, email } = await personOf(access, given)
  const { ended } = await endSessionsOf(access, COMMAND_LINE, id)
  return `${email} is signed out. Ended sessions: ${ended}`
})

async function personOf(access: AccessDeps, given: CommandOptions): Promise<PersonReply> {
  const email = normalEmail(need(given, 'email'))
  const { items } = await listPeople(access, COMMAND_LINE)
  const person = items.find((one) => one.email === email)
  if (!person) throw new PushlensError('not_found', 'no person has this e-mail address')
  return person
}

function lineOf(person: PersonReply): string {
  const state = person.disabledAt === null ? (person.lastSeenAt ?? 'not seen in the last 7 days') : 'disabled'
  return [person.email, person.name, rolesOf(person), state].join('\t')
}

/** Such as `admin on all apps, support on 1400187352`. */
function rolesOf({ grants }: Pick<PersonReply, 'grants'>): string {
  return grants.map(({ app, role }) => `${role} on ${app === '*' ? 'all apps' : app}`).join(', ') || 'none'
}
