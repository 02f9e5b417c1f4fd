import { z } from 'zod'
import { ERROR_CODES } from './errors'

export const instant = z.iso.datetime({ offset: true })

/** Why the upstream did not answer: `code` names the text people read; `since` is when it began, `until` when it is tried again. */
export const problemNote = z.object({
  code: z.enum(ERROR_CODES),
  title: z.string(),
  detail: z.string(),
  upstreamCode: z.number().int().nullable(),
  since: instant.nullable(),
  until: instant.optional(),
})
export type ProblemNote = z.infer<typeof problemNote>

/** `place` counts from 1 for the next call to be made; null when nothing of this question waits in line. */
export const freshness = z.object({
  state: z.enum(['fresh', 'stale', 'pending']),
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
