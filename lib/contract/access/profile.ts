import { z } from 'zod'
import { grantField } from './people'

/** The signed-in person. `password` is false for somebody who signs in elsewhere only. */
export const profileReply = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  grants: z.array(grantField),
  password: z.boolean(),
})
export type ProfileReply = z.infer<typeof profileReply>

export const profileBody = z.strictObject({ name: z.string().min(1).max(80) })

export const passwordBody = z.strictObject({
  current: z.string().min(1).max(256),
  password: z.string().min(1).max(256),
})
export type PasswordBody = z.infer<typeof passwordBody>

export const sessionQuery = z.strictObject({ session: z.string().min(1).max(64) })
