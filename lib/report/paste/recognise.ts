import { HORIZON, MAX_USER_ID_BYTES } from '@/lib/contract/limits'
import type { BulkItem, Candidate, IdKind, Objection, RecognisedText } from '@/lib/contract/lookup-text'
import { MAX_BULK } from '@/lib/contract/lookup-text'
import { isDictionaryCode } from '@/lib/reasons/dictionary-code'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { bytesOf, hasSubstance, junkOf, otherId, tooLong, visibleText } from './junk'
import { isName, type Parts, pastedParts, trimmedWord, unquoted } from './parts'

/** The app of the look-up. `nowS` is epoch seconds. */
export interface LookupApp {
  sdkAppId: number
  nowS: number
}

const MAX_AHEAD_S = 600
const MAX_CANDIDATES = 4
const NUMBER = /^[1-9]\d{0,8}$/
const MAIL = /^[^\s@]+@[^\s@]+$/

/**
 * Recognises what a pasted text can mean, before any request. Never throws. The result contains no control character.
 */
export function recognise(given: string, app: LookupApp): RecognisedText {
  const junk = junkOf(given)
  if (junk) return { kind: 'junk', why: junk }
  const text = visibleText(given)
  const parts = pastedParts(text)
  const items = itemsOf(text, parts)
  if (items.length > 1) {
    return { kind: 'list', items: items.slice(0, MAX_BULK), leftOut: Math.max(0, items.length - MAX_BULK) }
  }
  const { list, sure } = readings(text, parts, app)
  if (list.length > 0) return { kind: 'ids', candidates: list.slice(0, MAX_CANDIDATES), sure }
  return { kind: 'junk', why: otherId(text) ?? tooLong(text) ?? 'phrase' }
}

interface Readings {
  list: Candidate[]
  sure: boolean
}

/** Lists the readings of a text. Kinds are tried from the most certain to the least; the first kind present decides. */
function readings(text: string, parts: Parts, app: LookupApp): Readings {
  const make = (kind: IdKind, fields: Partial<Candidate>) => candidateOf(kind, fields, app)
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
  const users = parts.named.userId.filter(isUserId).map((userId) => make('user', { userId }))
  if (codes.length + users.length > 0) return { list: [...users, ...codes], sure: users.length + codes.length === 1 }
  return singleWord(text, parts, make)
}

type Make = (kind: IdKind, fields: Partial<Candidate>) => Candidate

function pushes({ pushIds, named }: Parts, make: Make): Candidate[] {
  return [...pushIds, ...named.pushId].map((pushId) => make('push', { pushId }))
}

/** Pairs each TaskID with the users who may be meant, likeliest first. */
function campaigns(parts: Parts, make: Make): Candidate[] {
  const users = usersOf(parts)
  return [...parts.taskIds, ...parts.named.taskId].flatMap((taskId) =>
    users.length === 0
      ? [make('task', { taskId })]
      : users.map((userId) => make('task_user', { taskId, userId })).slice(0, MAX_CANDIDATES),
  )
}

/** Reads a text without a known name or shape: a code of the dictionary, several users, or one user. */
function singleWord(text: string, parts: Parts, make: Make): Readings {
  const word = trimmedWord(text)
  if (otherId(word)) return { list: [], sure: false }
  const codes = isCode(word) ? [make('code', { code: word })] : []
  // A single word may be a UserID that begins or ends with punctuation.
  const exact = /\s/u.test(text) ? word : unquoted(text)
  const user = [...new Set([word, exact])]
    .filter((one) => isUserId(one) && !one.startsWith('-'))
    .map((userId) => make('user', { userId }))
  // Support pastes codes more often than accounts with such a name. The page of the code leads to the account.
  if (codes.length > 0) return { list: [...codes, ...user], sure: true }
  if (/^\d{1,8}$/.test(word)) return { list: [...user, make('code', { code: word })], sure: false }
  const several = listOfUsers(text)
  // Plain words may be one name with a comma. Words that look like IDs are several.
  const areIds = several.every(looksLikeId)
  if (several.length > 1) {
    return { list: [make('users', { userIds: several }), ...user], sure: user.length === 0 || areIds }
  }
  // An address may be a UserID, or stand in the name of a campaign.
  if (user.length > 0) return { list: user, sure: user.length === 1 && !MAIL.test(word) }
  const inside = wordsOf(parts.rest).filter(looksLikeId)
  return { list: inside.map((userId) => make('user', { userId })), sure: inside.length === 1 }
}

/** Returns the named users, else the remaining words: those that look like an ID before plain words. */
function usersOf({ named, rest }: Parts): string[] {
  const given = named.userId.filter(isUserId)
  if (given.length > 0) return given
  const words = wordsOf(rest)
  const ids = words.filter(looksLikeId)
  return ids.length > 0 && words.length > 2 ? ids : words
}

/** Returns all look-ups of a text that contains several. */
function itemsOf(text: string, parts: Parts): BulkItem[] {
  const chats = parts.pushIds.map((pushId) => ({ pushId }))
  const [task, ...others] = parts.taskIds
  if (task === undefined) return chats
  if (others.length === 0) {
    const users = parts.named.userId.length > 1 ? parts.named.userId.filter(isUserId) : listOfUsers(parts.rest)
    return [...chats, ...(users.length > 1 ? users.map((userId) => ({ taskId: task, userId })) : [])]
  }
  const pairs = text.split('\n').flatMap((line) => {
    const own = pastedParts(line)
    const [user] = usersOf(own)
    return user === undefined ? [] : own.taskIds.map((taskId) => ({ taskId, userId: user }))
  })
  return [...chats, ...distinct(pairs)]
}

/** Returns the words of a list separated by lines, commas or tabs; [] for a sentence. */
function listOfUsers(text: string): string[] {
  const pieces = text.split(/[\n\t,，;；、]+|"\s*"/u).map(trimmedWord)
  const users = pieces.filter((piece) => piece !== '' && !isName(piece))
  if (users.length > 1) return users.every((user) => isUserId(user) && !/\s/u.test(user)) ? [...new Set(users)] : []
  const words = wordsOf(text)
  return words.length > 1 && words.every(looksLikeId) ? words : []
}

function wordsOf(text: string): string[] {
  const words = text.split(/[\s,，;；、"“”{}[\]()（）【】<>&]+/u).map(trimmedWord)
  return [...new Set(words)].filter((word) => isUserId(word) && !isName(word) && !/^[a-z]+[?=]/i.test(word))
}

/** Returns whether a word is unlikely in a sentence. */
function looksLikeId(word: string): boolean {
  return /[0-9_@]/.test(word) && !/^\d{1,3}$/.test(word) && !/[?=%]/.test(word)
}

function isUserId(word: string): boolean {
  return word !== '' && bytesOf(word) <= MAX_USER_ID_BYTES && hasSubstance(word) && !/\p{Cc}/u.test(word)
}

/** No account begins with a minus sign, so an unknown negative number is a code too. */
function isCode(word: string): boolean {
  return /^-\d{1,9}$/.test(word) || isDictionaryCode(word)
}

function distinct(items: { taskId: string; userId: string }[]) {
  return [...new Map(items.map((item) => [`${item.taskId} ${item.userId}`, item])).values()]
}

/** Builds a candidate from its fields, with the hints in its IDs and any objections. */
export function candidateOf(kind: IdKind, fields: Partial<Candidate>, app: LookupApp): Candidate {
  const nothing = { pushId: null, taskId: null, userId: null, userIds: [], code: null }
  const hints = hintsOf(fields.pushId ?? fields.taskId ?? '')
  const { sentAt, sdkAppId } = hints
  const one = { kind, ...nothing, ...fields, sentAt, sdkAppId }
  return { ...one, objections: objectionsTo(one, hints.shape, app) }
}

/** Returns the objections to a request with this ID. */
function objectionsTo(
  { kind, pushId, taskId, userId, sentAt, sdkAppId }: Omit<Candidate, 'objections'>,
  shape: ReturnType<typeof hintsOf>['shape'],
  { sdkAppId: own, nowS }: LookupApp,
): Objection[] {
  const objections: [Objection, boolean][] = [
    ['not_push_id', kind === 'msg_key' || kind === 'msg_id'],
    ['odd_push_id', kind === 'push' && pushId !== null && shape !== 'push'],
    ['odd_task_id', (kind === 'task' || kind === 'task_user') && taskId !== null && shape !== 'task'],
    ['other_app', sdkAppId !== null && sdkAppId !== own],
    ['future', sentAt !== null && sentAt > nowS + MAX_AHEAD_S],
    ['too_old', sentAt !== null && nowS - sentAt > HORIZON.trace],
    ['is_sdkappid', userId === String(own)],
    ['spaces', userId !== null && /\s/u.test(userId)],
  ]
  return objections.filter(([, holds]) => holds).map(([objection]) => objection)
}
