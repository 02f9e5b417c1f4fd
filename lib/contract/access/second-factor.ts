import { z } from 'zod'
import { ROLES } from '../roles'

/** A code as typed: six digits of the app, or a recovery code with or without dashes. */
const code = z.string().min(1).max(64)

/** Starts a set-up. The password may be missing only right after a sign-in that requires the set-up. */
export const secondFactorStart = z.strictObject({ password: z.string().max(256).optional(), code: code.optional() })
/** `secret` is in base32, for typing. `uri` is the content of the QR code. */
export const secondFactorStartReply = z.strictObject({ secret: z.string(), uri: z.string() })
export type SecondFactorStartReply = z.infer<typeof secondFactorStartReply>

export const secondFactorCode = z.strictObject({ code })
export const recoveryCodesReply = z.strictObject({ recoveryCodes: z.array(z.string()) })
export type RecoveryCodesReply = z.infer<typeof recoveryCodesReply>

/** The roles that must have a second factor. */
export const requiredRolesBody = z.strictObject({ roles: z.array(z.enum(ROLES)).max(ROLES.length) })
export type RequiredRolesBody = z.infer<typeof requiredRolesBody>

/** The second factor of the person who reads the page. `since` is ISO 8601; null while it is off. */
export interface SecondFactorState {
  since: string | null
  recoveryCodesLeft: number
  /** A role of the person needs it, so it can't be turned off. */
  required: boolean
  /** People without a password sign in elsewhere and can't set it up here. */
  hasPassword: boolean
}
