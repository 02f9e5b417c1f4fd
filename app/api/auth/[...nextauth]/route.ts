import { authRoute } from '@/lib/http/auth'
import { onlyFromOwnPages } from '@/lib/http/own-pages'

export { authRoute as GET }
export const POST = onlyFromOwnPages(authRoute)
