import 'server-only'
import {
  changeName,
  changePassword,
  endOtherSessions,
  endOwnSession,
  getProfile,
  listSessions,
} from '@/lib/access/profile/profile'
import { endedReply, noFields, sessionsReply } from '@/lib/contract/access/people'
import { passwordBody, profileBody, profileReply, sessionQuery } from '@/lib/contract/access/profile'
import { personRoute } from './access-route'
import { profileCsv, sessionsCsv } from './people-csv'

export const profileRoute = personRoute({
  query: noFields,
  reply: profileReply,
  verb: ({ access }, me) => getProfile(access, me),
  csv: profileCsv,
})

export const changeProfileRoute = personRoute({
  query: profileBody,
  reply: profileReply,
  verb: ({ access }, me) => changeName(access, me),
})

export const passwordRoute = personRoute({
  query: passwordBody,
  reply: endedReply,
  problems: ['bad_credentials'],
  verb: ({ access }, me) => changePassword(access, me),
})

export const sessionsRoute = personRoute({
  query: noFields,
  reply: sessionsReply,
  verb: ({ access }, me) => listSessions(access, me),
  csv: sessionsCsv,
})

export const endOtherSessionsRoute = personRoute({
  query: noFields,
  reply: endedReply,
  verb: ({ access }, me) => endOtherSessions(access, me),
})

export const endSessionRoute = personRoute({
  query: sessionQuery,
  reply: endedReply,
  problems: ['not_found'],
  verb: ({ access }, me) => endOwnSession(access, me),
})
