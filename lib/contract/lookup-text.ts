import { z } from 'zod'
import type { TraceQuery, TraceReply } from './traces'

/** Whatever people paste into the box, a list of 50 pairs included. */
export const MAX_LOOKUP_TEXT = 20_000
/** Look-ups of one list. */
export const MAX_BULK = 50

/** What one pasted thing can be. `task` still needs a UserID, `users` a TaskID. */
export const ID_KINDS = ['push', 'task_user', 'task', 'user', 'users', 'code', 'msg_key', 'msg_id'] as const
export type IdKind = (typeof ID_KINDS)[number]

/** What speaks against asking Tencent. Decoded from observed shapes, so it asks for a second press and never refuses. */
export const OBJECTIONS = [
  'other_app',
  'too_old',
  'future',
  'not_push_id',
  'odd_push_id',
  'odd_task_id',
  'is_sdkappid',
  'spaces',
] as const
export type Objection = (typeof OBJECTIONS)[number]

/** Why a text is none of our IDs. */
export const JUNK = [
  'empty',
  'too_long',
  'control',
  'punctuation',
  'image',
  'group_id',
  'conversation_id',
  'uuid',
  'secret',
  'usersig',
  'address',
  'phrase',
  'user_too_long',
  'link',
] as const
export type Junk = (typeof JUNK)[number]

/** One reading of a text. What it does not name is null. */
export interface Candidate {
  kind: IdKind
  /** Of MsgKey and MsgId too: Tencent may be asked with them in the place of a PushID. */
  pushId: string | null
  taskId: string | null
  userId: string | null
  userIds: string[]
  code: string | null
  /** Epoch seconds of sending, as the ID says. */
  sentAt: number | null
  sdkAppId: number | null
  objections: Objection[]
}

/** One look-up of a list. */
export type BulkItem = { pushId: string } | { taskId: string; userId: string }

export type RecognisedText =
  | { kind: 'junk'; why: Junk }
  /** The best reading first; `sure` where nobody has to choose. */
  | { kind: 'ids'; candidates: Candidate[]; sure: boolean }
  /** `leftOut`: how many look-ups more than fit were pasted. */
  | { kind: 'list'; items: BulkItem[]; leftOut: number }

/** The box's text, or its parts where the page asked for one more. */
export const lookupTextQuery = z.strictObject({ text: z.string().max(MAX_LOOKUP_TEXT * 2) })

/**
 * Where the answer stands: an address of ours that shows no ID of a person. `recent` is what this person's browser may
 * remember of it, IDs of people masked; null where nothing was recognised. `who` is the person, by an opaque id.
 */
export const lookupLinkReply = z.object({
  href: z.string(),
  who: z.string(),
  recent: z.object({ kind: z.enum([...ID_KINDS, 'list']), label: z.string() }).nullable(),
})
export type LookupLinkReply = z.infer<typeof lookupLinkReply>

/** What the look-up page shows of a text. */
export interface LookupView {
  /** Epoch seconds of the data's clock. */
  nowS: number
  /** As it was pasted; '' where it was too long to carry. */
  text: string
  seen: Exclude<RecognisedText, { kind: 'list' }>
  /** The address of each reading alone, in the order of `seen`. */
  hrefs: string[]
  /** The same address asked for in spite of what speaks against it; null where nothing does, or it was. */
  anyway: string | null
  /** Where another app of the same person is the one to ask. */
  elsewhere: { name: string; href: string } | null
  /** The page about the user whose push this is; null where none is named. */
  user: string | null
  /** Null where nothing was asked, and nothing is held. */
  trace: { query: TraceQuery; reply: TraceReply } | null
}
