import { MAX_LOOKUP_TEXT, MAX_USER_ID_BYTES } from '@/lib/contract/limits'
import type { Junk } from '@/lib/contract/lookup-text'

/** Control characters other than tab and line ends. */
const CONTROL = /[^\P{Cc}\t\n\r]/u
/** Invisible characters that chat programs and editors insert. Joiners are not among them: words and emoji need them. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g
const JOINERS = /[\u200c\u200d]+/g
/** What stands around an ID and is no part of it. */
const AROUND = /^[\s"'`“”‘’,，;；、:：=＝|/<>(){}[\]（）【】《》「」.。?？!！]?$/u

/**
 * Returns the text with every character of its words, and one kind of line end. Invisible characters around a word go,
 * as white space around it does. Inside a word they stay, because they may be part of a UserID.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, (run, at: number, whole: string) => {
      const [before, after] = [whole.charAt(at - 1), whole.charAt(at + run.length)]
      return AROUND.test(before) || AROUND.test(after) ? '' : run
    })
    .trim()
}

/** Returns a word without any invisible character. IDs of pushes and campaigns have none. */
export function withoutInvisible(word: string): string {
  return word.replace(INVISIBLE, '').replace(JOINERS, '')
}

/** Returns why the raw text cannot be an ID; null where it is worth parsing. */
export function junkOf(text: string): Junk | null {
  if (text.length > MAX_LOOKUP_TEXT) return 'too_long'
  if (/^\s*(?:data:image\/|\ufffd?\u0089?PNG\r?\n|GIF8|\[(?:image|图片|截图|사진|이미지)\])/i.test(text)) return 'image'
  if (CONTROL.test(text)) return 'control'
  const seen = visibleText(text)
  if (seen === '') return 'empty'
  if (!hasSubstance(seen)) return 'punctuation'
  return /^[^\n]+\.(?:png|jpe?g|gif|webp|heic|bmp)$/i.test(seen) ? 'image' : null
}

/** Returns whether a text has a letter, a digit or an emoji. */
export function hasSubstance(text: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)
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
