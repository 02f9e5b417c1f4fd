import type { Role } from '../roles'

/** The parts of OpenAPI 3.1 that the description of our API has. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  description?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
}

export interface ApiParameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  schema: JsonSchema
}

type Content = Record<string, { schema: JsonSchema }>

export interface ApiAnswer {
  description: string
  headers?: Record<string, { description: string; schema: JsonSchema }>
  content: Content
}

/** Who may call an operation: a role on the app of the path or on all apps, everybody who is signed in, or anybody. */
export interface ApiAccess {
  who: 'app' | 'all_apps' | 'signed_in' | 'everybody'
  roles: Role[]
}

export interface ApiOperation {
  operationId: string
  summary: string
  description: string
  'x-access': ApiAccess
  tags: string[]
  parameters: ApiParameter[]
  requestBody?: { required: true; content: Content }
  responses: Record<string, ApiAnswer>
  security: Record<string, string[]>[]
}

export interface OpenApiDocument {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, ApiOperation>>
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, object> }
}

/** The prefix of references to named schemas. */
export const SCHEMA_REF = '#/components/schemas/'
