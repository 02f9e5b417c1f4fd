import 'server-only'
import { acceptInvitation, openInvitation } from '@/lib/access/people/accept'
import { changePerson, endSessionsOf, removePerson, resetSecondFactorOf } from '@/lib/access/people/change-person'
import {
  invitePerson,
  inviteToReset,
  listInvitations,
  type NewLink,
  revokeInvitation,
} from '@/lib/access/people/invite'
import { listPeople } from '@/lib/access/people/list-people'
import { listSessionsOf } from '@/lib/access/people/sessions-reply'
import type { Running } from '@/lib/context'
import {
  acceptBody,
  acceptedReply,
  changePersonQuery,
  endedReply,
  invitationQuery,
  invitationReply,
  invitationSecret,
  invitationsReply,
  inviteBody,
  newLinkReply,
  noFields,
  openInvitationReply,
  peopleReply,
  personQuery,
  removedReply,
  removePersonQuery,
  secondFactorResetReply,
  sessionsReply,
} from '@/lib/contract/access/people'
import { inviteHref } from '@/lib/contract/links'
import { administratorRoute, secretRoute } from './access-route'
import { invitationsCsv, peopleCsv, sessionsCsv } from './people-csv'

export const peopleRoute = administratorRoute({
  query: noFields,
  reply: peopleReply,
  verb: ({ access }, admin) => listPeople(access, admin),
  csv: peopleCsv,
})

/** Answers the whole list, because a change of one person can matter to others: the last administrator. */
export const changePersonRoute = administratorRoute({
  query: changePersonQuery,
  reply: peopleReply,
  problems: ['not_found', 'last_administrator'],
  async verb({ access }, admin) {
    await changePerson(access, admin, admin.query)
    return listPeople(access, admin)
  },
})

export const removePersonRoute = administratorRoute({
  query: removePersonQuery,
  reply: removedReply,
  problems: ['not_found', 'last_administrator'],
  verb: ({ access }, admin) => removePerson(access, admin, admin.query),
})

export const personSessionsRoute = administratorRoute({
  query: personQuery,
  reply: sessionsReply,
  problems: ['not_found'],
  verb: ({ access }, admin) => listSessionsOf(access, admin, admin.query.person),
  csv: sessionsCsv,
})

export const endPersonSessionsRoute = administratorRoute({
  query: personQuery,
  reply: endedReply,
  problems: ['not_found'],
  verb: ({ access }, admin) => endSessionsOf(access, admin, admin.query.person),
})

export const resetSecondFactorRoute = administratorRoute({
  query: personQuery,
  reply: secondFactorResetReply,
  problems: ['not_found'],
  verb: ({ access }, admin) => resetSecondFactorOf(access, admin, admin.query.person),
})

export const resetPersonRoute = administratorRoute({
  query: personQuery,
  reply: newLinkReply,
  problems: ['not_found'],
  verb: async (running, admin) => linkReply(running, await inviteToReset(running.access, admin, admin.query.person)),
})

export const invitationsRoute = administratorRoute({
  query: noFields,
  reply: invitationsReply,
  verb: ({ access }, admin) => listInvitations(access, admin),
  csv: invitationsCsv,
})

export const inviteRoute = administratorRoute({
  query: inviteBody,
  reply: newLinkReply,
  problems: ['conflict'],
  verb: async (running, admin) => linkReply(running, await invitePerson(running.access, admin, admin.query)),
})

export const revokeInvitationRoute = administratorRoute({
  query: invitationQuery,
  reply: invitationReply,
  problems: ['not_found'],
  verb: ({ access }, admin) => revokeInvitation(access, admin, admin.query.invitation),
})

export const openInvitationRoute = secretRoute({
  query: invitationSecret,
  reply: openInvitationReply,
  problems: ['not_found'],
  verb: ({ access }, { query }) => openInvitation(access, query.secret),
})

export const acceptInvitationRoute = secretRoute({
  query: acceptBody,
  reply: acceptedReply,
  problems: ['not_found', 'conflict'],
  verb: ({ access }, { query, network }) => acceptInvitation(access, { ...query, network }),
})

function linkReply({ publicUrl }: Running, { invitation, secret }: NewLink) {
  return { ...invitation, link: new URL(inviteHref(secret.reveal()), publicUrl).href }
}
