import { z } from 'zod'
import { instant } from '@/lib/contract/freshness'
import { shareScope } from './scope'
import { sharedView } from './view'

/**
 * What a frozen link keeps, as one JSON text with sorted keys. The text is what its SHA-256 is of, so it is stored and
 * served as it is.
 */
export const frozenDocument = z.object({
  app: z.object({ name: z.string(), demo: z.boolean() }),
  at: instant,
  /** True after a person was erased from it. */
  erased: z.boolean(),
  kind: z.enum(['frozen', 'lookup']),
  /** Null for a look-up. */
  scope: shareScope.nullable(),
  views: z.array(sharedView),
})
export type FrozenDocument = z.infer<typeof frozenDocument>

/** Writes a value as JSON with sorted keys, so that equal values are equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) => (isFields(one) ? sorted(one) : one))
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function sorted(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : Number(a > b))))
}
