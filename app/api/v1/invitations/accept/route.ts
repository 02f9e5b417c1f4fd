import { acceptInvitationRoute } from '@/lib/http/people'

export { acceptInvitationRoute as POST }
