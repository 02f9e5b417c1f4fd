import type {
  AcceptBody,
  ChangePersonQuery,
  InvitationReply,
  InviteBody,
  NewLinkReply,
  OpenInvitationReply,
  RemovePersonQuery,
} from '@/lib/contract/access/people'
import { patch, post, remove } from './api'

const PEOPLE = '/api/v1/people'
const INVITATIONS = `${PEOPLE}/invitations`
const one = (id: string) => `${PEOPLE}/${encodeURIComponent(id)}`

export const changePerson = ({ person, ...change }: ChangePersonQuery) => patch<unknown>(one(person), change)
export const removePerson = ({ person, ...given }: RemovePersonQuery) => remove<unknown>(one(person), given)
export const resetPerson = (person: string) => post<NewLinkReply>(`${one(person)}/reset`, {})
export const resetSecondFactorOf = (person: string) => remove<{ wasOn: boolean }>(`${one(person)}/second-factor`)
export const endSessionsOf = (person: string) => remove<{ ended: number }>(`${one(person)}/sessions`)

export const invite = (given: InviteBody) => post<NewLinkReply>(INVITATIONS, given)
export const revokeInvitation = (id: string) => remove<InvitationReply>(`${INVITATIONS}/${encodeURIComponent(id)}`)

/** The secret comes from the fragment of the address. It travels in the body, so that no log has it. */
export const openInvitation = (secret: string) => post<OpenInvitationReply>('/api/v1/invitations/open', { secret })
export const acceptInvitation = (given: AcceptBody) => post<{ email: string }>('/api/v1/invitations/accept', given)
