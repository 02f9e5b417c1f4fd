import type { JsonSchema } from '@/lib/contract/api/openapi'

/** Returns a body to start from: the required fields, or all fields where none is required. Values are to be replaced. */
export function sampleBody(schema: JsonSchema): unknown {
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  if (schema.const !== undefined) return schema.const
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) return sampleBody(first)
  const [type] = [schema.type ?? 'object'].flat()
  if (type === 'array') return schema.items ? [sampleBody(schema.items)] : []
  if (type === 'boolean') return false
  if (type === 'integer' || type === 'number') return schema.minimum ?? 0
  if (type === 'string') return ''
  const fields = Object.entries(schema.properties ?? {})
  const required = schema.required ?? fields.map(([name]) => name)
  return Object.fromEntries(
    fields.filter(([name]) => required.includes(name)).map(([name, field]) => [name, sampleBody(field)]),
  )
}
