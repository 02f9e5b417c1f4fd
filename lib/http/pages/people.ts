import 'server-only'
import { authorizeAdmin, authorizePerson } from '@/lib/access/authorize'
import { listInvitations } from '@/lib/access/people/invite'
import { listPeople } from '@/lib/access/people/list-people'
import { getProfile, listSessions } from '@/lib/access/profile/profile'
import type { InvitationReply, PersonReply, SessionReply } from '@/lib/contract/access/people'
import type { ProfileReply } from '@/lib/contract/access/profile'
import { type Page, type PageResult, pageResult } from './page'

export interface ReadPeople {
  people: PersonReply[]
  invitations: InvitationReply[]
  /** The person who looks. */
  me: string
}

/** Reads everybody who can sign in, for administrators of all apps. */
export function readPeople({ principal }: Page): Promise<PageResult<ReadPeople>> {
  return pageResult(async ({ access }) => {
    const admin = authorizeAdmin(principal, null)
    const [people, invitations] = await Promise.all([listPeople(access, admin), listInvitations(access, admin)])
    return { people: people.items, invitations: invitations.items, me: principal.id }
  })
}

/** Reads what a person may see and change of their own account. */
export function readProfile({
  principal,
}: Page): Promise<PageResult<{ profile: ProfileReply; sessions: SessionReply[] }>> {
  return pageResult(async ({ access }) => {
    const me = authorizePerson(principal, null)
    const [profile, sessions] = await Promise.all([getProfile(access, me), listSessions(access, me)])
    return { profile, sessions: sessions.items }
  })
}
