import { endPersonSessionsRoute, personSessionsRoute } from '@/lib/http/people'

export { endPersonSessionsRoute as DELETE, personSessionsRoute as GET }
