import { readyRoute } from '@/lib/http/ready'

export { readyRoute as GET }
