import { metricsRoute } from '@/lib/http/metrics'

export { metricsRoute as GET }
