import { setupRoute } from '@/lib/http/setup'

export { setupRoute as POST }
