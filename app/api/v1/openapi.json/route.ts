import { openApiRoute } from '@/lib/http/openapi/document'
import { ROUTES } from './routes'

export const GET = openApiRoute(ROUTES)
