import { endSessionRoute } from '@/lib/http/profile'

export { endSessionRoute as DELETE }
