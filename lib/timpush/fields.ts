import 'server-only'
import type { Quarantined } from '@/lib/contract/records'

export type Fields = Record<string, unknown>

export const NOT_A_COUNT = 'is not a count'
const MAX_NOTES = 1_000
const MAX_TEXT = 2_000

/** Notes about unreadable parts of an answer, in order. Problems are fixed texts and never repeat the value. */
export class Quarantine {
  readonly list: Quarantined[] = []

  note(path: string, problem: string): null {
    if (this.list.length < MAX_NOTES) this.list.push({ path, problem })
    return null
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Returns the value under the first spelling that exists, or undefined. */
export function field(object: Fields, ...spellings: string[]): unknown {
  const name = spellings.find((spelling) => Object.hasOwn(object, spelling))
  return name === undefined ? undefined : object[name]
}

/** Null means absent. `unreadable` means present but not such a number. */
type Reading = number | null | 'unreadable'

/** Reads an integer, also one in quotes. */
export function integerOf(value: unknown): Reading {
  if (value === undefined || value === null) return null
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) return 'unreadable'
  return number === 0 ? 0 : number
}

/** Reads a non-negative integer: a count, a platform or a status. */
export function countOf(value: unknown): Reading {
  const number = integerOf(value)
  return typeof number === 'number' && number < 0 ? 'unreadable' : number
}

/** Reads a count. An unreadable value is noted and becomes null, where the rest is useful without it. */
export function countOrNull(value: unknown, path: string, notes: Quarantine): number | null {
  const count = countOf(value)
  return count === 'unreadable' ? notes.note(path, NOT_A_COUNT) : count
}

/** Reads text that every database accepts, at most 2,000 characters. '' when absent. Objects and lists are noted and give ''. */
export function textOf(value: unknown, path: string, notes: Quarantine): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return notes.note(path, 'is not text') ?? ''
  return String(value)
    .slice(0, MAX_TEXT)
    .replaceAll('\u0000', '\ufffd')
    .replace(/[\ud800-\udbff]$/, '')
}

/** Returns null when the list is absent or null, or when it is not a list, which is noted. */
export function listOf(value: unknown, path: string, notes: Quarantine): unknown[] | null {
  if (value === undefined || value === null) return null
  return Array.isArray(value) ? value : notes.note(path, 'is not a list')
}

/** Returns the objects of a list with their paths. Notes and omits anything else. */
export function objectsOf(list: unknown[], path: string, notes: Quarantine): { fields: Fields; path: string }[] {
  const objects: { fields: Fields; path: string }[] = []
  for (const [index, item] of list.entries()) {
    if (isFields(item)) objects.push({ fields: item, path: `${path}[${index}]` })
    else notes.note(`${path}[${index}]`, 'is not an object')
  }
  return objects
}
