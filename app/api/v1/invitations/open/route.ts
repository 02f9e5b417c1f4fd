import { openInvitationRoute } from '@/lib/http/people'

export { openInvitationRoute as POST }
