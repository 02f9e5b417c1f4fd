import { passwordRoute } from '@/lib/http/profile'

export { passwordRoute as POST }
