import { z } from 'zod'
import { instant } from '../freshness'
import { MAX_TOKEN_NAME, TOKEN_DAYS } from '../limits'
import { EVERY_APP, ROLES } from '../roles'
import { idText } from '../text'

export const tokenBody = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(MAX_TOKEN_NAME)
    .regex(/^\P{Cc}*$/u, 'holds a control character'),
  role: z.enum(ROLES),
  apps: z
    .array(idText)
    .min(1)
    .max(100)
    .refine((apps) => apps.length === 1 || !apps.includes(EVERY_APP), 'names apps beside *, which is every app')
    .transform((apps) => [...new Set(apps)])
    .describe('App IDs, or only * for every app'),
  expiresInDays: z
    .number()
    .int()
    .min(1)
    .max(TOKEN_DAYS.most)
    .nullable()
    .default(TOKEN_DAYS.usual)
    .describe('null: it never expires'),
})
export type TokenBody = z.infer<typeof tokenBody>

export const TOKEN_STATES = ['active', 'expired', 'revoked'] as const
export const TOKEN_CREATORS = ['person', 'command_line', 'other'] as const

export const tokenReply = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(TOKEN_STATES),
  role: z.enum(ROLES),
  /** App IDs, or only `*` for every app. */
  apps: z.array(z.string()),
  createdAt: instant,
  /** `name` null: the creator is no person. */
  createdBy: z.object({ kind: z.enum(TOKEN_CREATORS), name: z.string().nullable() }),
  /** The first second at which the token does not work. Null: it never expires. */
  expiresAt: instant.nullable(),
  /** To the minute. */
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
})
export type TokenReply = z.infer<typeof tokenReply>

export const tokensReply = z.object({ items: z.array(tokenReply), next: z.null() })
export type TokensReply = z.infer<typeof tokensReply>

/** The only reply that contains the text of a token. */
export const createdTokenReply = tokenReply.extend({ token: z.string() })
export type CreatedTokenReply = z.infer<typeof createdTokenReply>

export const tokenKey = z.strictObject({ id: z.uuid() })
export type TokenKey = z.infer<typeof tokenKey>
