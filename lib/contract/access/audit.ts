import { z } from 'zod'
import { instant } from '@/lib/contract/freshness'
import type { AuditView } from '@/lib/contract/links'
import { rangeFields } from '@/lib/contract/ranges'

/** An empty form field means: no condition. */
const filled = (given: unknown) => (given === '' ? undefined : given)
const name = z.preprocess(
  filled,
  z
    .string()
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .optional(),
)

/** The most entries of one reply: enough to save a year as one file. */
export const MAX_AUDIT_ENTRIES = 5_000

const span = {
  from: z.preprocess(filled, rangeFields.from),
  to: z.preprocess(filled, rangeFields.to),
  /** The zone of dates; UTC by default. */
  tz: rangeFields.tz,
}

/** `actor` is `person:<id>`, `token:<id>`, `command line` or `environment`. `app` is our ID of the app. */
export const auditQuery = z.strictObject({
  actor: name,
  action: name,
  app: name,
  ...span,
  cursor: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_AUDIT_ENTRIES).default(50),
})
export type AuditQuery = z.infer<typeof auditQuery>

/** Who or what an entry is about. `name` is null where the person or thing has no name any more. */
const named = z.object({
  kind: z.enum(['person', 'token', 'command line', 'environment', 'other']),
  id: z.string(),
  name: z.string().nullable(),
})
export type AuditName = z.infer<typeof named>

export const auditEntry = z.object({
  id: z.number().int(),
  at: instant,
  actor: named,
  action: z.string(),
  /** The app; null where the action belongs to none. `name` is null for an app that was removed. */
  app: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  /** The person or token that was changed; null for other actions. */
  subject: named.nullable(),
  /** A keyed hash of the user, push or account that was looked up, changed or erased. */
  subjectHash: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** The network of the request, such as 203.0.113.0/24; null where there was none, or none was recorded. */
  network: z.string().nullable(),
})
export type AuditEntryReply = z.infer<typeof auditEntry>

/**
 * Whether every entry is as it was written. `broken`: the first entry that does not follow from the one before it, with its
 * time; `id` null: the newest entries are missing.
 */
export const chainReply = z.object({
  entries: z.number().int(),
  broken: z.object({ id: z.number().int().nullable(), at: instant.nullable() }).nullable(),
})
export type ChainReply = z.infer<typeof chainReply>

export const auditReply = z.object({ items: z.array(auditEntry), next: z.string().nullable(), chain: chainReply })
export type AuditReply = z.infer<typeof auditReply>

export const failedSignInsQuery = z.strictObject({
  ...span,
  limit: z.coerce.number().int().min(1).max(MAX_AUDIT_ENTRIES).default(1_000),
})
export type FailedSignInsQuery = z.infer<typeof failedSignInsQuery>

/** Days for which the counts of failed sign-ins are kept. */
export const FAILED_SIGN_INS_DAYS = 90

export const failedSignInsReply = z.object({
  items: z.array(
    z.object({
      /** The start of the hour. */
      hour: instant,
      /** The person whose account was tried; null if no account has that e-mail address. */
      person: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
      /** The network, `unknown`, or `others` for the rest of an hour with very many networks. */
      network: z.string(),
      count: z.number().int(),
    }),
  ),
  next: z.null(),
})
export type FailedSignInsReply = z.infer<typeof failedSignInsReply>

/** What the audit page shows. */
export interface AuditPage {
  view: AuditView
  reply: AuditReply
  failed: FailedSignInsReply
  choices: { actors: AuditName[]; actions: string[] }
  /** The zone of the page, and the fields of the same questions to the API. */
  tz: string
  params: Record<string, string | undefined>
  failedParams: Record<string, string | undefined>
  /** When the page was made, an ISO instant. */
  now: string
}
