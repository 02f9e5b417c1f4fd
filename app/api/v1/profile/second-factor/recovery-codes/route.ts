import { renewRecoveryCodesRoute } from '@/lib/http/second-factor'

export { renewRecoveryCodesRoute as POST }
