import { endOtherSessionsRoute, sessionsRoute } from '@/lib/http/profile'

export { endOtherSessionsRoute as DELETE, sessionsRoute as GET }
