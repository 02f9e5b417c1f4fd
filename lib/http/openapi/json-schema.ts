import 'server-only'
import { z } from 'zod'
import { type JsonSchema, SCHEMA_REF } from '@/lib/contract/api/openapi'
import { namedSchemas } from './names'

/** Formats whose long patterns only repeat what the format says. */
const KNOWN_FORMATS = ['date-time', 'date', 'uuid', 'email']

export interface SchemaWriter {
  /** Returns what a client sends. */
  input(schema: z.ZodType): JsonSchema
  /** Returns what a client gets. */
  output(schema: z.ZodType): JsonSchema
  /** The named schemas that the results refer to. */
  named: Record<string, JsonSchema>
}

/** Converts Zod schemas to JSON Schema. Only output uses names, because a shape may differ between the two. */
export function schemaWriter(): SchemaWriter {
  const named: Record<string, JsonSchema> = {}
  const write = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
    const { $defs = {}, ...root } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io,
      // Conditions between fields and transforms have no counterpart; the text of the API names them.
      unrepresentable: 'any',
      ...(io === 'output' ? { metadata: namedSchemas() } : {}),
    })
    for (const [name, definition] of Object.entries($defs)) named[name] = tidied(definition)
    const { id } = root
    if (id === undefined) return tidied(root)
    named[id] = tidied(root)
    return { $ref: `${SCHEMA_REF}${id}` }
  }
  return { input: (schema) => write(schema, 'input'), output: (schema) => write(schema, 'output'), named }
}

/** Rewrites references for OpenAPI and leaves out what a reader does not need. */
function tidied(node: object): JsonSchema {
  const entries = Object.entries(node)
    .filter(([key, value]) => !isNoise(key, value, node))
    .map(([key, value]) => [key, key === 'properties' ? mapped(value) : tidiedValue(key, value)])
  return withTypeList(Object.fromEntries(entries))
}

function isNoise(key: string, value: unknown, node: object): boolean {
  if (key === 'pattern') return 'format' in node && KNOWN_FORMATS.includes(String(node.format))
  // Every whole number has these bounds.
  if (key === 'minimum' || key === 'maximum') return Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER
  return key === '$schema' || key === 'id'
}

/** Writes "an integer or null" as one list of types. */
function withTypeList({ anyOf, ...rest }: JsonSchema): JsonSchema {
  if (!anyOf) return rest
  const types = anyOf.map((one) => (Object.keys(one).length === 1 && typeof one.type === 'string' ? one.type : null))
  const all = types.filter((type) => type !== null)
  return all.length === types.length ? { ...rest, type: all } : { ...rest, anyOf }
}

function tidiedValue(key: string, value: unknown): unknown {
  if (key === '$ref') return String(value).replace('#/$defs/', SCHEMA_REF)
  // A default or an example is data, and may look like a schema.
  if (key === 'default' || key === 'enum' || key === 'const') return value
  if (Array.isArray(value)) return value.map((one) => (isObject(one) ? tidied(one) : one))
  return isObject(value) ? tidied(value) : value
}

/** The names of properties are no keywords: a field may be called `id` or `pattern`. */
function mapped(properties: object): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, tidied(schema)]))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
