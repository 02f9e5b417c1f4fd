import { peopleRoute } from '@/lib/http/people'

export { peopleRoute as GET }
