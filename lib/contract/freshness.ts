import { z } from 'zod'
import { ERROR_CODES } from './errors'

export const instant = z.iso.datetime({ offset: true })

/**
 * Why Tencent did not answer. `code` selects the text for people. `since`: when it began. `until`: when it is retried.
 */
export const problemNote = z.object({
  code: z.enum(ERROR_CODES),
  title: z.string(),
  detail: z.string(),
  upstreamCode: z.number().int().nullable(),
  since: instant.nullable(),
  until: instant.optional(),
})
export type ProblemNote = z.infer<typeof problemNote>

/**
 * How current an answer is. `place` counts from 1 for the next call; null when no call of this request is queued.
 * `final`: asking again changes nothing, and `problem` says why. Then `retryAfterMs` is null.
 */
export const freshness = z.object({
  state: z.enum(['fresh', 'stale', 'pending', 'final']),
  place: z.number().int().nullable(),
  etaMs: z.number().int().nullable(),
  retryAfterMs: z.number().int().nullable(),
  problem: problemNote.nullable(),
})
export type Freshness = z.infer<typeof freshness>

export const windowState = z.enum(['held', 'stale', 'pending', 'missing', 'expired', 'future'])
export type WindowState = z.infer<typeof windowState>

export const coverage = z.object({
  held: z.number().int(),
  expected: z.number().int(),
  missing: z.array(z.object({ from: instant, to: instant, state: windowState })),
})
export type Coverage = z.infer<typeof coverage>
