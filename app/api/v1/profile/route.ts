import { changeProfileRoute, profileRoute } from '@/lib/http/profile'

export { changeProfileRoute as PATCH, profileRoute as GET }
