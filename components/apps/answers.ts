import type { CheckReply } from '@/lib/contract/apps/check'
import type { ProblemNote } from '@/lib/contract/freshness'

type Answer = 'key' | 'locked' | 'account' | 'mismatch' | 'unknown' | 'region' | 'enabled' | 'address' | 'disabled'
type FaultyField = 'sdkAppId' | 'secretKey' | 'adminId' | 'region'

/** Tencent's codes whose cure an administrator finds in the console, with the field to correct here. */
const ANSWERS: { codes: number[]; answer: Answer; field: FaultyField | null }[] = [
  { codes: [70_002, 70_003, 70_005, 70_009, 70_010, 60_027], answer: 'key', field: 'secretKey' },
  { codes: [70_050], answer: 'locked', field: 'secretKey' },
  { codes: [60_010, 70_403, 90_009], answer: 'account', field: 'adminId' },
  { codes: [70_013, 70_014], answer: 'mismatch', field: 'adminId' },
  { codes: [60_006, 70_020], answer: 'unknown', field: 'sdkAppId' },
  { codes: [60_026, 70_016], answer: 'region', field: 'region' },
  { codes: [90_045], answer: 'enabled', field: null },
  { codes: [60_021], answer: 'address', field: null },
  { codes: [60_016, 60_017, 70_051], answer: 'disabled', field: null },
]

/** Returns what we can say about Tencent's code; null for the codes that the general text covers. */
export function answerTo({ upstreamCode }: Pick<ProblemNote, 'upstreamCode'>) {
  return ANSWERS.find(({ codes }) => upstreamCode !== null && codes.includes(upstreamCode)) ?? null
}

/** An SDKSecretKey has 64 hexadecimal digits. Tencent does not promise it, so this only explains a refusal. */
export function looksLikeSecretKey(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text.trim())
}

/** How a check ended: `ready` when every endpoint responds, `partly` when some do. */
export function resultOf({ endpoints }: CheckReply): 'ready' | 'partly' | 'refused' {
  const responding = endpoints.filter(({ ok }) => ok).length
  if (responding === endpoints.length) return 'ready'
  return responding > 0 ? 'partly' : 'refused'
}

/** Returns each different problem of a check once. */
export function problemsOf({ endpoints }: CheckReply): ProblemNote[] {
  const found = new Map<string, ProblemNote>()
  for (const { problem } of endpoints) if (problem) found.set(`${problem.code} ${problem.upstreamCode}`, problem)
  return [...found.values()]
}
