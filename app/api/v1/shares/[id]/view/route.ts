import { viewShareRoute } from '@/lib/http/shares/view-share'

export { viewShareRoute as POST }
