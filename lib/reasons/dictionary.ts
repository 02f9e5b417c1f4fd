import { z } from 'zod'
import { EVIDENCE } from '@/lib/contract/losses'
import { KNOWN_VENDORS } from '@/lib/contract/vendors'
import { ACTORS, CAUSES } from './causes'
import tencent from './tencent-codes.json'
import vendors from './vendor-codes.json'

/**
 * One code of a loss or a trace. `stage` says who reports it: Tencent before sending, the vendor when it gets the push,
 * or a receipt afterwards. `name` is the reason in its source. `certain` holds the wordings that, beside the code, make
 * the entry certain; `texts` holds other wordings that name it.
 */
const entry = z.strictObject({
  vendor: z.enum(['tencent', ...KNOWN_VENDORS]),
  stage: z.enum(['tencent', 'vendor', 'receipt']),
  code: z.string(),
  name: z.string(),
  certain: z.array(z.string()).default([]),
  texts: z.array(z.string()).default([]),
  cause: z.enum(CAUSES),
  meaning: z.string(),
  fix: z.string(),
  confidence: z.enum(EVIDENCE),
  source: z.string(),
})
export type Entry = z.infer<typeof entry>

/** The topics of Tencent's own answers. Each has a title in the messages. */
export const KINDS = [
  'auth',
  'auth_refresh',
  'auth_locked',
  'bad_request',
  'billing',
  'client_sdk',
  'config',
  'not_enabled',
  'push_send',
  'quota',
  'rate_limit',
  'timeout',
  'upstream',
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

/** Returns what a code of Tencent's own answers means (upstream pages 34348, 74196), or null if no table has it. */
export function tencentCodeOf(code: number): TencentCode | null {
  return TENCENT.get(code) ?? null
}
