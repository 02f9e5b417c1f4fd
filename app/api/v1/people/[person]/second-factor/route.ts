import { resetSecondFactorRoute } from '@/lib/http/people'

export { resetSecondFactorRoute as DELETE }
