import { z } from 'zod'

/** The form that creates the first administrator. `token` is the one-time token from the log. */
export const setupBody = z.strictObject({
  token: z.string().min(1).max(100),
  email: z.string().min(3).max(254),
  name: z.string().min(1).max(80),
  password: z.string().min(1).max(256),
})
