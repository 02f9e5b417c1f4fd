import { revokeInvitationRoute } from '@/lib/http/people'

export { revokeInvitationRoute as DELETE }
