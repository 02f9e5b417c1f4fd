import { resetPersonRoute } from '@/lib/http/people'

export { resetPersonRoute as POST }
