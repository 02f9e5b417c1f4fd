import { requiredRolesRoute } from '@/lib/http/second-factor'

export { requiredRolesRoute as PUT }
