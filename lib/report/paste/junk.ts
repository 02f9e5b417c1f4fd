import { MAX_USER_ID_BYTES } from '@/lib/contract/limits'
import { type Junk, MAX_LOOKUP_TEXT } from '@/lib/contract/lookup-text'

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/
/** What chat programs and editors leave between letters without showing it. */
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** The text as people see it: without invisible marks, one kind of space, one kind of line end. */
export function cleaned(text: string): string {
  return text
    .replace(UNSEEN, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .trim()
}

/** Junk by the text as it came; null where it is worth reading. */
export function junkOf(text: string): Junk | null {
  if (text.length > MAX_LOOKUP_TEXT) return 'too_long'
  if (/^\s*(?:data:image\/|\ufffd?\u0089?PNG\r?\n|GIF8|\[(?:image|图片|截图|사진|이미지)\])/i.test(text)) return 'image'
  if (CONTROL.test(text)) return 'control'
  const seen = cleaned(text)
  if (seen === '') return 'empty'
  if (!/[\p{L}\p{N}]/u.test(seen)) return 'punctuation'
  return /^[^\n]+\.(?:png|jpe?g|gif|webp|heic|bmp)$/i.test(seen) ? 'image' : null
}

/** IDs of other kinds, so that nobody asks with them; they come after everything that is ours. */
const OTHERS: [Junk, RegExp][] = [
  ['group_id', /^@TGS#/i],
  ['conversation_id', /^(?:C2C.|GROUP@)/],
  ['uuid', /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i],
  ['usersig', /^eJ[\w*\-+/=]{60,}$/],
  ['secret', /^(?:[0-9a-f]{40,}|[\w-]{11,}:APA91[\w-]{80,})$/i],
  ['address', /^(?:https?:\/\/|www\.)\S+$/i],
]

export function otherId(text: string): Junk | null {
  return OTHERS.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

/** Too long for a UserID, and nothing else: one long word, or a sentence. */
export function tooLong(text: string): Junk | null {
  if (bytesOf(text) <= MAX_USER_ID_BYTES) return null
  return /\s/u.test(text) ? 'phrase' : 'user_too_long'
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
