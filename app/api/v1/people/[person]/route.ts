import { changePersonRoute, removePersonRoute } from '@/lib/http/people'

export { changePersonRoute as PATCH, removePersonRoute as DELETE }
