import { z } from 'zod'
import { EVIDENCE } from '@/lib/contract/losses'
import { KNOWN_VENDORS } from '@/lib/contract/vendors'
import { ACTORS, CAUSES } from './causes'
import tencent from './tencent-codes.json'
import vendors from './vendor-codes.json'

/**
 * One code of a loss or a trace. `stage`: refused by Tencent before sending, by the vendor when handed over, or told by
 * a receipt afterwards. `name` is the text that comes with the code, `texts` are others seen for it.
 */
const entry = z.strictObject({
  vendor: z.enum(['tencent', ...KNOWN_VENDORS]),
  stage: z.enum(['tencent', 'vendor', 'receipt']),
  code: z.string(),
  name: z.string(),
  texts: z.array(z.string()).default([]),
  cause: z.enum(CAUSES),
  meaning: z.string(),
  fix: z.string(),
  confidence: z.enum(EVIDENCE),
  source: z.string(),
})
export type Entry = z.infer<typeof entry>

/** What a code of Tencent's own answers is about: each has a name people read. */
export const KINDS = [
  ...(['auth', 'auth_refresh', 'auth_locked', 'bad_request', 'billing', 'client_sdk', 'config'] as const),
  ...(['not_enabled', 'push_send', 'quota', 'rate_limit', 'timeout', 'upstream'] as const),
] as const
export type Kind = (typeof KINDS)[number]

/** A code of Tencent's REST answers or of its client SDK. */
const tencentCode = z.strictObject({
  code: z.number().int(),
  kind: z.enum(KINDS),
  meaning: z.string(),
  fix: z.string(),
  actor: z.enum(ACTORS),
  retryable: z.boolean(),
  source: z.string(),
})
export type TencentCode = z.infer<typeof tencentCode>

export const ENTRIES: readonly Entry[] = z.array(entry).parse(vendors)
export const TENCENT_CODES: readonly TencentCode[] = z.array(tencentCode).parse(tencent)
const TENCENT = new Map(TENCENT_CODES.map((one) => [one.code, one]))

/** What a code of Tencent's own answers means (upstream pages 34348, 74196); null when it is not in the tables. */
export function tencentCodeOf(code: number): TencentCode | null {
  return TENCENT.get(code) ?? null
}
