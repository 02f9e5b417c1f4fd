import { authRoute } from '@/lib/http/auth'

export { authRoute as GET, authRoute as POST }
