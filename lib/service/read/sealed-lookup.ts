import 'server-only'
import { z } from 'zod'
import { MAX_LOOKUP_TEXT } from '@/lib/contract/limits'
import { type Candidate, ID_KINDS, JUNK, type RecognisedText } from '@/lib/contract/lookup-text'
import { candidateOf, type LookupApp, recognise } from '@/lib/report/paste/recognise'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { openAddress, sealAddress } from './sealed-address'

const sealedCandidate = z.strictObject({
  kind: z.enum(ID_KINDS),
  pushId: z.string().optional(),
  taskId: z.string().optional(),
  userId: z.string().optional(),
  userIds: z.array(z.string()).optional(),
  code: z.string().optional(),
})
/** The field names are part of links that people have stored. */
const sealedLookup = z.strictObject({
  text: z.string(),
  junk: z.enum(JUNK).optional(),
  picks: z.array(sealedCandidate).optional(),
  sure: z.boolean().optional(),
})

/** A pasted text and what was recognised in it. An address carries only as much of the text as fits. */
export interface PastedText {
  text: string
  seen: Exclude<RecognisedText, { kind: 'list' }>
}

/** One of our addresses in a text. The query is searched apart, so that no character is read twice. */
const OWN_ADDRESS = /\/lookup(?:\?(?<query>[^\s#]*)|\/user\/(?<user>s1\.[\w-]+))/g
const SEALED_LOOKUP = /(?:^|&)k=(s1\.[\w-]+)/
/** A text that nobody looks into. */
const TOO_LONG: PastedText = { text: '', seen: { kind: 'junk', why: 'too_long' } }

/** The front door takes addresses of 4 kB, and sealing turns three bytes into four letters. */
const MAX_SEALED_BYTES = 2_600

/** Returns what recognition needs to know of the app and the time. */
export function recognitionContext(ctx: Context, app: AppRow): LookupApp {
  return { sdkAppId: app.sdkAppId, nowS: ctx.clock.dataS() }
}

/** Seals a recognised text for the address of its look-up. */
export function sealLookup(ctx: Context, app: AppRow, { text, seen }: PastedText): string {
  const about =
    seen.kind === 'junk' ? { junk: seen.why } : { picks: seen.candidates.map(withoutAbsent), sure: seen.sure }
  const json = (part: string) => JSON.stringify({ text: part, ...about })
  let part = text
  while (part !== '' && Buffer.byteLength(json(part)) > MAX_SEALED_BYTES)
    part = part.slice(0, Math.floor(part.length / 2))
  return sealAddress(ctx, app, 'lookup', json(part))
}

/** Opens the address of a look-up; hints are recomputed. An address that does not open is junk of kind `link`. */
export function openLookup(ctx: Context, app: AppRow, sealed: string): PastedText {
  const json = openAddress(ctx, app, 'lookup', sealed)
  const opened = json === null ? null : sealedLookup.safeParse(JSON.parse(json)).data
  if (!opened) return { text: '', seen: { kind: 'junk', why: 'link' } }
  const context = recognitionContext(ctx, app)
  const candidates = (opened.picks ?? []).map(({ kind, ...fields }) => candidateOf(kind, fields, context))
  if (candidates.length === 0) return { text: opened.text, seen: { kind: 'junk', why: opened.junk ?? 'link' } }
  return { text: opened.text, seen: { kind: 'ids', candidates, sure: opened.sure === true } }
}

/**
 * Recognises a pasted text. If it is one of our own sealed addresses, opens that. `cut`: the rest of the text is missing,
 * because it is too long.
 */
export function recogniseText(
  ctx: Context,
  app: AppRow,
  text: string,
  cut = false,
): PastedText | { seen: Extract<RecognisedText, { kind: 'list' }> } {
  // The length first: every pattern takes time.
  if (cut || text.length > MAX_LOOKUP_TEXT) return TOO_LONG
  const { look, user } = ownAddress(text)
  if (look !== undefined) return openLookup(ctx, app, look)
  const context = recognitionContext(ctx, app)
  const userId = user === undefined ? null : openAddress(ctx, app, 'user', user)
  if (userId !== null) return onlyCandidate(candidateOf('user', { userId }, context))
  const seen = recognise(text, context)
  return seen.kind === 'list' ? { seen } : { text, seen }
}

/** Returns the sealed look-up or user of the first of our addresses in a text. */
function ownAddress(text: string): { look?: string | undefined; user?: string | undefined } {
  for (const { groups } of text.matchAll(OWN_ADDRESS)) {
    const look = SEALED_LOOKUP.exec(groups?.query ?? '')?.[1]
    if (look !== undefined || groups?.user !== undefined) return { look, user: groups?.user }
  }
  return {}
}

/** Returns the text that has this candidate as its only meaning. */
export function onlyCandidate(one: Candidate): PastedText {
  const text = [one.pushId, one.taskId, one.userId, ...one.userIds, one.code].filter((part) => part !== null).join(' ')
  return { text, seen: { kind: 'ids', candidates: [one], sure: true } }
}

function withoutAbsent(candidate: Candidate): z.infer<typeof sealedCandidate> {
  const { kind, pushId, taskId, userId, userIds, code } = candidate
  return {
    kind,
    ...(pushId === null ? {} : { pushId }),
    ...(taskId === null ? {} : { taskId }),
    ...(userId === null ? {} : { userId }),
    ...(userIds.length === 0 ? {} : { userIds }),
    ...(code === null ? {} : { code }),
  }
}
