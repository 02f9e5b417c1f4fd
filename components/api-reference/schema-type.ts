import { type JsonSchema, SCHEMA_REF } from '@/lib/contract/api/openapi'

type Named = Record<string, JsonSchema>

/** Returns the schema that a reference names, with what stands beside the reference. */
export function resolved(schema: JsonSchema, named: Named): JsonSchema {
  const { $ref, ...rest } = schema
  return $ref === undefined ? schema : { ...named[$ref.replace(SCHEMA_REF, '')], ...rest }
}

/** Returns a type in a few words: `string`, `integer | null`, `Token[]`, `viewer | editor`. */
export function typeText(schema: JsonSchema, anything: string): string {
  if (schema.$ref) return schema.$ref.replace(SCHEMA_REF, '')
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const options = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (options) return options.map((one) => typeText(one, anything)).join(schema.allOf ? ' & ' : ' | ')
  if (schema.type === 'array') return `${bracketed(typeText(schema.items ?? {}, anything))}[]`
  const types = [schema.type ?? []].flat()
  if (types.length === 0) return anything
  return types.map((type) => (type === 'string' ? (schema.format ?? type) : type)).join(' | ')
}

const bracketed = (type: string) => (type.includes(' ') ? `(${type})` : type)

/** Returns the object whose fields a schema shows: itself, the items of a list, or the part that is not null. */
export function objectOf(schema: JsonSchema, named: Named): JsonSchema | null {
  const found = resolved(schema, named)
  if (found.properties) return found
  if (found.items) return objectOf(found.items, named)
  for (const one of found.anyOf ?? found.oneOf ?? []) {
    const object = objectOf(one, named)
    if (object) return object
  }
  return null
}
