import 'server-only'
import type { Quarantined } from '@/lib/contract/records'

export type Fields = Record<string, unknown>

export const NOT_A_COUNT = 'is not a count'
const MAX_NOTES = 1_000
const MAX_TEXT = 2_000

/** What could not be read, in the order it was met. Problems are fixed sentences: they never repeat the value. */
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

/** The first of several spellings the upstream's object really has; undefined when it has none of them. */
export function field(object: Fields, ...spellings: string[]): unknown {
  const name = spellings.find((spelling) => Object.hasOwn(object, spelling))
  return name === undefined ? undefined : object[name]
}

/** Null is absent. `unreadable` is something that stands there and is not such a number: never taken for one. */
type Reading = number | null | 'unreadable'

/** An integer, also one in quotes. */
export function integerOf(value: unknown): Reading {
  if (value === undefined || value === null) return null
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) return 'unreadable'
  return number === 0 ? 0 : number
}

/** A whole number from 0 up: a count, a platform, a status. */
export function countOf(value: unknown): Reading {
  const number = integerOf(value)
  return typeof number === 'number' && number < 0 ? 'unreadable' : number
}

/** A count whose unreadable value is noted and becomes null, for places where the rest can stand without it. */
export function countOrNull(value: unknown, path: string, notes: Quarantine): number | null {
  const count = countOf(value)
  return count === 'unreadable' ? notes.note(path, NOT_A_COUNT) : count
}

/** Text that any store can hold, at most 2 000 characters; '' when absent. Objects and lists are noted and read as ''. */
export function textOf(value: unknown, path: string, notes: Quarantine): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return notes.note(path, 'is not text') ?? ''
  return String(value)
    .slice(0, MAX_TEXT)
    .replaceAll('\u0000', '\ufffd')
    .replace(/[\ud800-\udbff]$/, '')
}

/** Null when the list is absent, null or not a list (which is noted). */
export function listOf(value: unknown, path: string, notes: Quarantine): unknown[] | null {
  if (value === undefined || value === null) return null
  return Array.isArray(value) ? value : notes.note(path, 'is not a list')
}

/** The objects of a list with their paths; anything else in it is noted and left out. */
export function objectsOf(list: unknown[], path: string, notes: Quarantine): { fields: Fields; path: string }[] {
  const objects: { fields: Fields; path: string }[] = []
  for (const [index, item] of list.entries()) {
    if (isFields(item)) objects.push({ fields: item, path: `${path}[${index}]` })
    else notes.note(`${path}[${index}]`, 'is not an object')
  }
  return objects
}
