import 'server-only'
import { z } from 'zod'
import { type Candidate, ID_KINDS, JUNK, type RecognisedText } from '@/lib/contract/lookup-text'
import { candidateOf, type LookupApp, recognise } from '@/lib/report/paste/recognise'
import type { Context } from '@/lib/service/context'
import { openAddress, sealAddress } from '@/lib/service/read/sealed-address'
import type { AppRow } from '@/lib/store/people/apps'

const pick = z.strictObject({
  kind: z.enum(ID_KINDS),
  pushId: z.string().optional(),
  taskId: z.string().optional(),
  userId: z.string().optional(),
  userIds: z.array(z.string()).optional(),
  code: z.string().optional(),
})
const state = z.strictObject({
  text: z.string(),
  junk: z.enum(JUNK).optional(),
  picks: z.array(pick).optional(),
  sure: z.boolean().optional(),
})
type Pick = z.infer<typeof pick>

/** What was seen in a text, and as much of the text as an address carries. */
export interface BoxState {
  text: string
  seen: Exclude<RecognisedText, { kind: 'list' }>
}

const OWN_ADDRESS = /\/lookup(?:\?(?:[^\s#]*&)?k=(?<look>s1\.[\w-]+)|\/user\/(?<user>s1\.[\w-]+))/

/** The front door takes addresses of 4 kB; sealing makes four letters of three bytes. */
const MOST_BYTES = 2_600

export function askedOf(ctx: Context, app: AppRow): LookupApp {
  return { sdkAppId: app.sdkAppId, nowS: ctx.clock.dataS() }
}

export function sealState(ctx: Context, app: AppRow, { text, seen }: BoxState): string {
  const about = seen.kind === 'junk' ? { junk: seen.why } : { picks: seen.candidates.map(pickOf), sure: seen.sure }
  const json = (kept: string) => JSON.stringify({ text: kept, ...about })
  let kept = text
  while (kept !== '' && Buffer.byteLength(json(kept)) > MOST_BYTES) kept = kept.slice(0, Math.floor(kept.length / 2))
  return sealAddress(ctx, app, 'lookup', json(kept))
}

/** A sealed address opened again; hints are those of now. What does not open says so. */
export function openState(ctx: Context, app: AppRow, sealed: string): BoxState {
  const json = openAddress(ctx, app, 'lookup', sealed)
  const held = json === null ? null : state.safeParse(JSON.parse(json)).data
  if (!held) return { text: '', seen: { kind: 'junk', why: 'link' } }
  const candidates = (held.picks ?? []).map(({ kind, ...fields }) => candidateOf(kind, fields, askedOf(ctx, app)))
  if (candidates.length === 0) return { text: held.text, seen: { kind: 'junk', why: held.junk ?? 'link' } }
  return { text: held.text, seen: { kind: 'ids', candidates, sure: held.sure === true } }
}

/** What a pasted text is, where one of our own sealed addresses is opened first. */
export function readText(
  ctx: Context,
  app: AppRow,
  text: string,
): BoxState | { seen: Extract<RecognisedText, { kind: 'list' }> } {
  const { look, user } = OWN_ADDRESS.exec(text)?.groups ?? {}
  if (look !== undefined) return openState(ctx, app, look)
  const userId = user === undefined ? null : openAddress(ctx, app, 'user', user)
  if (userId !== null) return stateOf(candidateOf('user', { userId }, askedOf(ctx, app)))
  const seen = recognise(text, askedOf(ctx, app))
  return seen.kind === 'list' ? { seen } : { text, seen }
}

/** One reading alone, as whoever had to choose would have pasted it. */
export function stateOf(one: Candidate): BoxState {
  const text = [one.pushId, one.taskId, one.userId, ...one.userIds, one.code].filter((part) => part !== null).join(' ')
  return { text, seen: { kind: 'ids', candidates: [one], sure: true } }
}

function pickOf({ kind, pushId, taskId, userId, userIds, code }: Candidate): Pick {
  return {
    kind,
    ...(pushId === null ? {} : { pushId }),
    ...(taskId === null ? {} : { taskId }),
    ...(userId === null ? {} : { userId }),
    ...(userIds.length === 0 ? {} : { userIds }),
    ...(code === null ? {} : { code }),
  }
}
