import { HORIZON, MAX_USER_ID_BYTES } from '@/lib/contract/limits'
import type { BulkItem, Candidate, IdKind, Objection, RecognisedText } from '@/lib/contract/lookup-text'
import { MAX_BULK } from '@/lib/contract/lookup-text'
import { isDictionaryCode } from '@/lib/reasons/dictionary-code'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { bytesOf, cleaned, junkOf, otherId, tooLong } from './junk'
import { isName, type Parts, pastedParts, token } from './parts'

/** The app that would be asked; `now` is epoch seconds. */
export interface LookupApp {
  sdkAppId: number
  nowS: number
}

const AHEAD_S = 600
const MOST_READINGS = 4
const NUMBER = /^[1-9]\d{0,8}$/

/** What a pasted text can mean, before anything is asked. Never throws; what it gives holds no control character. */
export function recognise(given: string, asked: LookupApp): RecognisedText {
  const junk = junkOf(given)
  if (junk) return { kind: 'junk', why: junk }
  const text = cleaned(given)
  const parts = pastedParts(text)
  const items = itemsOf(text, parts)
  if (items.length > 1) {
    return { kind: 'list', items: items.slice(0, MAX_BULK), leftOut: Math.max(0, items.length - MAX_BULK) }
  }
  const { list, sure } = readings(text, parts, asked)
  if (list.length > 0) return { kind: 'ids', candidates: list.slice(0, MOST_READINGS), sure }
  return { kind: 'junk', why: otherId(text) ?? tooLong(text) ?? 'phrase' }
}

interface Readings {
  list: Candidate[]
  sure: boolean
}

/** From the surest kind of ID to the least: the first kind that is there decides. */
function readings(text: string, parts: Parts, asked: LookupApp): Readings {
  const make = (kind: IdKind, fields: Partial<Candidate>) => candidateOf(kind, fields, asked)
  const codes = parts.named.code
    .filter((code) => isCode(code) || NUMBER.test(code))
    .map((code) => make('code', { code }))
  const found = [...pushes(parts, make), ...campaigns(parts, make)]
  if (found.length > 0) return { list: [...found, ...codes], sure: found.length === 1 }
  const wrong = [
    ...parts.msgKeys.map((pushId) => make('msg_key', { pushId })),
    ...[...parts.msgIds, ...parts.named.msgId].map((pushId) => make('msg_id', { pushId })),
  ]
  if (wrong.length > 0) return { list: wrong, sure: wrong.length === 1 }
  const users = parts.named.userId.filter(fits).map((userId) => make('user', { userId }))
  if (codes.length + users.length > 0) return { list: [...users, ...codes], sure: users.length + codes.length === 1 }
  return bare(text, parts, make)
}

type Make = (kind: IdKind, fields: Partial<Candidate>) => Candidate

function pushes({ pushIds, named }: Parts, make: Make): Candidate[] {
  return [...pushIds, ...named.pushId].map((pushId) => make('push', { pushId }))
}

/** TaskIDs with whoever may be meant; the likeliest person first. */
function campaigns(parts: Parts, make: Make): Candidate[] {
  const users = peopleOf(parts)
  return [...parts.taskIds, ...parts.named.taskId].flatMap((taskId) =>
    users.length === 0
      ? [make('task', { taskId })]
      : users.map((userId) => make('task_user', { taskId, userId })).slice(0, MOST_READINGS),
  )
}

/** A text without any name or shape: a code of the dictionary, several people, or one. */
function bare(text: string, parts: Parts, make: Make): Readings {
  const word = token(text)
  if (otherId(word)) return { list: [], sure: false }
  const codes = isCode(word) ? [make('code', { code: word })] : []
  const user = fits(word) && !word.startsWith('-') ? [make('user', { userId: word })] : []
  // A word of the dictionary is hardly anybody's account; a number may well be one.
  if (codes.length > 0) return { list: [...codes, ...user], sure: user.length === 0 || !/^\d+$/.test(word) }
  if (/^\d{1,8}$/.test(word)) return { list: [...user, make('code', { code: word })], sure: false }
  const several = listed(text)
  if (several.length > 1) return { list: [make('users', { userIds: several }), ...user], sure: user.length === 0 }
  if (user.length > 0) return { list: user, sure: true }
  const inside = wordsOf(parts.rest).filter(looksLikeId)
  return { list: inside.map((userId) => make('user', { userId })), sure: inside.length === 1 }
}

/** The people named, else the words left over: those that look like an ID before plain words. */
function peopleOf({ named, rest }: Parts): string[] {
  const given = named.userId.filter(fits)
  if (given.length > 0) return given
  const words = wordsOf(rest)
  const ids = words.filter(looksLikeId)
  return ids.length > 0 && words.length > 2 ? ids : words
}

/** All look-ups of a text that holds several. */
function itemsOf(text: string, parts: Parts): BulkItem[] {
  const chats = parts.pushIds.map((pushId) => ({ pushId }))
  const [task, ...others] = parts.taskIds
  if (task === undefined) return chats
  if (others.length === 0) {
    const users = parts.named.userId.length > 1 ? parts.named.userId.filter(fits) : listed(parts.rest)
    return [...chats, ...(users.length > 1 ? users.map((userId) => ({ taskId: task, userId })) : [])]
  }
  const pairs = text.split('\n').flatMap((line) => {
    const own = pastedParts(line)
    const [user] = peopleOf(own)
    return user === undefined ? [] : own.taskIds.map((taskId) => ({ taskId, userId: user }))
  })
  return [...chats, ...distinct(pairs)]
}

/** Words set apart as a list: by lines, commas or tabs, each a single word. [] where it is a sentence. */
function listed(text: string): string[] {
  const pieces = text.split(/[\n\t,，;；、]+|"\s*"/u).map(token)
  const users = pieces.filter((piece) => piece !== '' && !isName(piece))
  if (users.length > 1) return users.every((user) => fits(user) && !/\s/u.test(user)) ? [...new Set(users)] : []
  const words = wordsOf(text)
  return words.length > 1 && words.every(looksLikeId) ? words : []
}

function wordsOf(text: string): string[] {
  const words = text.split(/[\s,，;；、"“”{}[\]()（）【】<>&]+/u).map(token)
  return [...new Set(words)].filter((word) => fits(word) && !isName(word) && !/^[a-z]+[?=]/i.test(word))
}

/** A word nobody would write in a sentence. */
function looksLikeId(word: string): boolean {
  return /[0-9_@]/.test(word) && !/^\d{1,3}$/.test(word) && !/[?=%]/.test(word)
}

function fits(word: string): boolean {
  return word !== '' && bytesOf(word) <= MAX_USER_ID_BYTES && /[\p{L}\p{N}]/u.test(word) && !/\p{Cc}/u.test(word)
}

/** No account begins with a minus, so an unknown negative number is a code all the same. */
function isCode(word: string): boolean {
  return /^-\d{1,9}$/.test(word) || isDictionaryCode(word)
}

function distinct(items: { taskId: string; userId: string }[]) {
  return [...new Map(items.map((item) => [`${item.taskId} ${item.userId}`, item])).values()]
}

/** What `fields` are said to be, with what their IDs say of themselves now. */
export function candidateOf(kind: IdKind, fields: Partial<Candidate>, asked: LookupApp): Candidate {
  const nothing = { pushId: null, taskId: null, userId: null, userIds: [], code: null }
  const hints = hintsOf(fields.pushId ?? fields.taskId ?? '')
  const { sentAt, sdkAppId } = hints
  const one = { kind, ...nothing, ...fields, sentAt, sdkAppId }
  return { ...one, objections: objectionsTo(one, hints.shape, asked) }
}

/** What the ID itself says against asking with it. */
function objectionsTo(
  { kind, pushId, taskId, userId, sentAt, sdkAppId }: Omit<Candidate, 'objections'>,
  shape: ReturnType<typeof hintsOf>['shape'],
  { sdkAppId: own, nowS }: LookupApp,
): Objection[] {
  const against: [Objection, boolean][] = [
    ['not_push_id', kind === 'msg_key' || kind === 'msg_id'],
    ['odd_push_id', kind === 'push' && pushId !== null && shape !== 'push'],
    ['odd_task_id', (kind === 'task' || kind === 'task_user') && taskId !== null && shape !== 'task'],
    ['other_app', sdkAppId !== null && sdkAppId !== own],
    ['future', sentAt !== null && sentAt > nowS + AHEAD_S],
    ['too_old', sentAt !== null && nowS - sentAt > HORIZON.trace],
    ['is_sdkappid', userId === String(own)],
    ['spaces', userId !== null && /\s/u.test(userId)],
  ]
  return against.filter(([, holds]) => holds).map(([objection]) => objection)
}
