import 'server-only'
import { type Fields, field, isFields, objectsOf, type Quarantine } from './fields'

export interface Entry {
  fields: Fields
  /** The path inside the answer, ready to append a field name. '' at the root. */
  path: string
}

/**
 * Finds the endpoint's own fields: in `Results`, at the root, or in the only other wrapper, an object or a list. The
 * documentation shows the first two and leaves normal_push_loss open (page 71898).
 */
export function findEntries(root: Fields, names: readonly string[], notes: Quarantine): Entry[] {
  const results = field(root, 'Results')
  if (isFields(results) || (Array.isArray(results) && results.length > 0)) return unwrap(results, 'Results', notes)
  if (names.some((name) => Object.hasOwn(root, name))) return [{ fields: root, path: '' }]
  const wrappers = Object.entries(root).filter(([, value]) => hasField(value, names))
  const [only] = wrappers
  if (only && wrappers.length === 1) return unwrap(only[1], only[0], notes)
  if (wrappers.length > 1) notes.note('', 'has several places that could hold the answer')
  else if (results === undefined) notes.note('', 'has no field of this endpoint')
  else if (results !== null && !Array.isArray(results)) notes.note('Results', 'is not a list')
  return []
}

function hasField(value: unknown, names: readonly string[]): boolean {
  const objects = Array.isArray(value) ? value : [value]
  return objects.some((object) => isFields(object) && names.some((name) => Object.hasOwn(object, name)))
}

function unwrap(value: unknown, path: string, notes: Quarantine): Entry[] {
  if (isFields(value)) return [{ fields: value, path: `${path}.` }]
  const list = Array.isArray(value) ? value : []
  return objectsOf(list, path, notes).map((entry) => ({ ...entry, path: `${entry.path}.` }))
}
