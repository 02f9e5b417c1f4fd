import { confirmSecondFactorRoute } from '@/lib/http/second-factor'

export { confirmSecondFactorRoute as POST }
