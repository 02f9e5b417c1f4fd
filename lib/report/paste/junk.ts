import { MAX_USER_ID_BYTES } from '@/lib/contract/limits'
import { type Junk, MAX_LOOKUP_TEXT } from '@/lib/contract/lookup-text'

/** Control characters other than tab and line ends. */
const CONTROL = /[^\P{Cc}\t\n\r]/u
/** Invisible characters that chat programs and editors insert. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Returns the text as people see it: no invisible characters, one kind of space, one kind of line end. */
export function visibleText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .trim()
}

/** Returns why the raw text cannot be an ID; null where it is worth parsing. */
export function junkOf(text: string): Junk | null {
  if (text.length > MAX_LOOKUP_TEXT) return 'too_long'
  if (/^\s*(?:data:image\/|\ufffd?\u0089?PNG\r?\n|GIF8|\[(?:image|图片|截图|사진|이미지)\])/i.test(text)) return 'image'
  if (CONTROL.test(text)) return 'control'
  const seen = visibleText(text)
  if (seen === '') return 'empty'
  if (!/[\p{L}\p{N}]/u.test(seen)) return 'punctuation'
  return /^[^\n]+\.(?:png|jpe?g|gif|webp|heic|bmp)$/i.test(seen) ? 'image' : null
}

/** IDs of other kinds, so that nobody looks them up. Checked after all of our own shapes. */
const OTHER_IDS: [Junk, RegExp][] = [
  ['group_id', /^@TGS#/i],
  ['conversation_id', /^(?:C2C.|GROUP@)/],
  ['uuid', /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i],
  ['usersig', /^eJ[\w*\-+/=]{60,}$/],
  ['secret', /^(?:[0-9a-f]{40,}|[\w-]{11,}:APA91[\w-]{80,})$/i],
  ['address', /^(?:https?:\/\/|www\.)\S+$/i],
]

export function otherId(text: string): Junk | null {
  return OTHER_IDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

/** Returns why a text is too long for a UserID: a sentence, or one long word. Null where it fits. */
export function tooLong(text: string): Junk | null {
  if (bytesOf(text) <= MAX_USER_ID_BYTES) return null
  return /\s/u.test(text) ? 'phrase' : 'user_too_long'
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
