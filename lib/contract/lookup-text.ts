import { z } from 'zod'
import { MAX_LOOKUP_TEXT, MAX_RECENTS } from './limits'
import type { TraceQuery, TraceReply } from './traces'

/** The most look-ups in one list. */
export const MAX_BULK = 50

/** The kinds of a recognised ID. `task` still needs a UserID, `users` need a TaskID. */
export const ID_KINDS = ['push', 'task_user', 'task', 'user', 'users', 'code', 'msg_key', 'msg_id'] as const
export type IdKind = (typeof ID_KINDS)[number]

/**
 * Reasons against a request to Tencent. They come from observed shapes of IDs, so people confirm with a second press;
 * nothing is refused.
 */
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

/** Why a text is not one of our IDs. */
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

/** One reading of a text. A field that the text does not contain is null. */
export interface Candidate {
  kind: IdKind
  /** Also a MsgKey or MsgId: Tencent accepts it in the place of a PushID. */
  pushId: string | null
  taskId: string | null
  userId: string | null
  userIds: string[]
  code: string | null
  /** Epoch seconds of sending, according to the ID. */
  sentAt: number | null
  sdkAppId: number | null
  objections: Objection[]
}

/** One look-up of a list. */
export type BulkItem = { pushId: string } | { taskId: string; userId: string }

export type RecognisedText =
  | { kind: 'junk'; why: Junk }
  /** Candidates, best first. `sure`: nobody has to choose. */
  | { kind: 'ids'; candidates: Candidate[]; sure: boolean }
  /** `leftOut`: how many look-ups did not fit into the list. */
  | { kind: 'list'; items: BulkItem[]; leftOut: number }

/**
 * The pasted text, or its labelled parts where the page asked for one more. `cut`: it was longer, and the browser has left
 * out the rest.
 */
export const lookupTextQuery = z.strictObject({
  text: z.string().max(MAX_LOOKUP_TEXT),
  cut: z.literal(true).optional(),
})

/** Returns the name by which a browser keeps the recent look-ups of a person in an app. */
export const recentOwner = (person: string, app: string): string => `${person}.${app}`

/**
 * A link to the answer. The address shows no ID of a user. `recent` is what this browser may remember: a name that only
 * this person can open again, and an ID that is the same for the same look-up; null where nothing was recognised. `who`
 * is the owner of the recent look-ups, by opaque IDs.
 */
export const lookupLinkReply = z.object({
  href: z.string(),
  who: z.string(),
  recent: z.object({ kind: z.enum([...ID_KINDS, 'list']), id: z.string(), sealed: z.string() }).nullable(),
})
export type LookupLinkReply = z.infer<typeof lookupLinkReply>

/** The sealed names of recent look-ups. */
export const recentsQuery = z.strictObject({ sealed: z.array(z.string().max(4_000)).max(MAX_RECENTS) })
export type RecentsQuery = z.infer<typeof recentsQuery>
/** Each name in the order of the request; null where it does not open for this person. */
export const recentsReply = z.object({ labels: z.array(z.string().nullable()) })
export type RecentsReply = z.infer<typeof recentsReply>

/** What the look-up page shows for a text. */
export interface LookupView {
  /** Epoch seconds of the data's clock. */
  nowS: number
  /** The pasted text; '' where it was too long to carry. */
  text: string
  seen: Exclude<RecognisedText, { kind: 'list' }>
  /** The address of each candidate alone, in the order of `seen`. */
  hrefs: string[]
  /** The address that sends the request despite objections; null without objections, or after confirmation. */
  anyway: string | null
  /** The address that looks the push up; null where that needs no press, because the visitor came from our own pages. */
  press: string | null
  /** The same look-up in another app of the same person, if the ID belongs to that app. */
  elsewhere: { name: string; href: string } | null
  /** Campaigns to choose from, or that contain the text; null where the reading asks for none. `sentAt` is an instant. */
  campaigns: { taskId: string; label: string; sentAt: string | null; href: string }[] | null
  /** The page of the user who should have got the push; null where none is named. */
  user: string | null
  /** Null where nothing was requested and nothing is stored. */
  trace: { query: TraceQuery; reply: TraceReply } | null
}
