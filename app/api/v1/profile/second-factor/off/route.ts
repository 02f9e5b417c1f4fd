import { turnOffSecondFactorRoute } from '@/lib/http/second-factor'

export { turnOffSecondFactorRoute as POST }
