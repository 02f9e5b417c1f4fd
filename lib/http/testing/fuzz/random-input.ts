import fc, { type Arbitrary } from 'fast-check'
import type { JsonSchema } from '@/lib/contract/api/openapi'
import { HOSTILE_TEXTS, HOSTILE_VALUES } from './hostile'

/** Values that exist, by the name of a field: without them nearly every request would end at "not found". */
export type Known = Record<string, readonly string[]>

const DAY_MS = 86_400_000
const FORMATS: Record<string, (nowMs: number) => Arbitrary<string>> = {
  date: (nowMs) => instant(nowMs).map((text) => text.slice(0, 10)),
  'date-time': instant,
  uuid: () => fc.uuid(),
}

function instant(nowMs: number): Arbitrary<string> {
  const within = { min: new Date(nowMs - 40 * DAY_MS), max: new Date(nowMs + 400 * DAY_MS), noInvalidDate: true }
  return fc.date(within).map((date) => date.toISOString())
}

/**
 * Returns values of this schema: mostly valid ones, and about one in eight hostile at any depth. `name` is the field's, for
 * which `known` may have values that exist.
 */
export function inputOf(schema: JsonSchema, known: Known, nowMs: number, name = ''): Arbitrary<unknown> {
  const own = known[name]
  const valid = own && isText(schema) ? fc.constantFrom(...own) : validOf(schema, known, nowMs, name)
  return fc.oneof({ arbitrary: valid, weight: 7 }, { arbitrary: fc.constantFrom(...HOSTILE_VALUES), weight: 1 })
}

/** Returns texts for a parameter of a path or query: what an address can carry. */
export function textOf(schema: JsonSchema, known: Known, nowMs: number, name: string): Arbitrary<string> {
  const own = known[name]
  const valid = own && isText(schema) ? fc.constantFrom(...own) : validOf(schema, known, nowMs, name).map(written)
  return fc.oneof({ arbitrary: valid, weight: 7 }, { arbitrary: fc.constantFrom(...HOSTILE_TEXTS), weight: 1 })
}

const written = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value)

const isText = ({ type, format, enum: listed }: JsonSchema): boolean =>
  type === 'string' && !listed && format !== 'date'

function validOf(schema: JsonSchema, known: Known, nowMs: number, name: string): Arbitrary<unknown> {
  const inner = (of: JsonSchema, field = name) => inputOf(of, known, nowMs, field)
  const variants = schema.oneOf ?? schema.anyOf
  if (variants) return fc.oneof(...variants.map((variant) => inner(variant)))
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'string':
      return stringOf(schema, nowMs)
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(schema.minimum ?? -5, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 500, 2 ** 31),
      })
    case 'boolean':
      return fc.boolean()
    case 'array': {
      const { minItems = 0, maxItems = 5 } = schema
      const most = Math.max(minItems, Math.min(maxItems, 5))
      return fc.array(inner(schema.items ?? {}), { minLength: minItems, maxLength: most })
    }
    case 'object':
      return objectOf(schema, inner)
    default:
      return fc.constantFrom(...HOSTILE_VALUES)
  }
}

function stringOf({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema, nowMs: number): Arbitrary<string> {
  const formatted = format === undefined ? undefined : FORMATS[format]
  if (formatted) return formatted(nowMs)
  const least = Math.min(minLength, 200)
  const bounded = fc.string({ minLength: least, maxLength: Math.max(least, Math.min(maxLength, 60)) })
  if (pattern === undefined) return bounded
  // Only some patterns can be generated from. Texts of one letter match nearly all others.
  if (/\\p|\\P|\(\?/.test(pattern)) return bounded
  return fc.stringMatching(new RegExp(pattern))
}

/** Leaves out optional fields at random, sometimes required ones, and sometimes adds an unknown one. */
function objectOf(schema: JsonSchema, inner: (of: JsonSchema, field: string) => Arbitrary<unknown>) {
  const fields = Object.entries(schema.properties ?? {}).map(([field, of]) => {
    const isRequired = schema.required?.includes(field) ?? false
    const freq = isRequired ? 20 : 1
    return [field, fc.option(inner(of, field), { nil: undefined, freq })] as const
  })
  const extra = fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 20 },
    { arbitrary: fc.constantFrom('extra', '__proto__', 'constructor', ''), weight: 1 },
  )
  return fc.tuple(fc.record(Object.fromEntries(fields)), extra, fc.integer()).map(([given, name, value]) => {
    const kept = Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined))
    return name === undefined ? kept : Object.defineProperty(kept, name, { value, enumerable: true })
  })
}
