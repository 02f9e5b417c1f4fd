import { z } from 'zod'
import { secondFactorCode } from './second-factor'

/** Fields that the sign-in library expects beside ours. */
const common = {
  csrfToken: z.string().min(1).max(200),
  callbackUrl: z.string().max(2_000).optional(),
  json: z.literal('true').optional(),
}

/** The sign-in form. `code` is sent when the first answer was `code_needed`. */
export const signInBody = z.strictObject({
  ...common,
  email: z.string().max(1_000),
  password: z.string().max(1_000),
  code: secondFactorCode.shape.code.optional(),
})

export const signOutBody = z.strictObject(common)
