import 'server-only'
import type { z } from 'zod'
import type { ErrorCode } from '@/lib/contract/errors'
import type { Ability } from '@/lib/contract/roles'

type Params = { params: Promise<Record<string, string>> }
export type Handler = (request: Request, params: Params) => Promise<Response>

/** What the description of the API says about a route, from the same declaration that answers it. */
export interface Declared {
  /**
   * Who may call it: a role with this ability on the app of the path, an administrator of all apps, or anybody. A health
   * check has neither limits nor problem replies.
   */
  access: { ability: Ability } | 'administrator' | 'signed_in' | 'everybody' | 'health'
  /** Refuses tokens: only a signed-in browser may call it. */
  personOnly?: boolean
  /** The fields of a request. A field that the path names is in the path. */
  input: z.ZodType
  /**
   * Where the other fields are. `path_and_body`: in the JSON body, which is the field `body`. `fields`: in the query of a
   * GET, else in the JSON body.
   */
  inputIn: 'query' | 'body' | 'path' | 'path_and_body' | 'fields'
  reply: z.ZodType
  status: number
  /** Other statuses with the same reply. */
  alsoStatus?: readonly number[]
  /** Whether `Accept: text/csv` gets a table. */
  csv: boolean
  /** Error codes beside those that every route of its kind has. */
  problems: readonly ErrorCode[]
}

export type DeclaredHandler = Handler & { declared: Declared }

/** Attaches to a handler what the description of the API says about it. */
export function declare(declared: Declared, handler: Handler): DeclaredHandler {
  return Object.assign(handler, { declared })
}
