import { startSecondFactorRoute } from '@/lib/http/second-factor'

export { startSecondFactorRoute as POST }
