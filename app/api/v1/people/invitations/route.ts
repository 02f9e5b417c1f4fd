import { invitationsRoute, inviteRoute } from '@/lib/http/people'

export { invitationsRoute as GET, inviteRoute as POST }
