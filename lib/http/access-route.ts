import 'server-only'
import type { z } from 'zod'
import { networkOf } from '@/lib/access/address'
import { type Administered, authorizeAdmin, authorizePerson, type Personal } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import type { Running } from '@/lib/context'
import type { ErrorCode } from '@/lib/contract/errors'
import type { CsvWriter } from '@/lib/service/read/csv'
import { addressOf } from './address'
import { type Declared, type DeclaredHandler, declare } from './declared'
import { bodyOf, queryOf } from './input'
import { mutatingPrincipal, requestPrincipal } from './principal'
import { csv, json, wantsCsv } from './respond'
import { guarded } from './route'

/** The query has the path's parameters, and the fields of the address (GET) or of the JSON body. */
interface AccessRoute<Proof, Q extends z.ZodType, R extends z.ZodType> {
  query: Q
  reply: R
  verb(running: Running, proof: Proof): Promise<z.input<R>>
  csv?: CsvWriter<z.output<R>, z.output<Q>>
  /** Error codes of this verb, beside those that every route has, for the description of the API. */
  problems?: readonly ErrorCode[]
}

/** Handles a request about what belongs to no app, for administrators of all apps. */
export function administratorRoute<Q extends z.ZodType, R extends z.ZodType>(
  route: AccessRoute<Administered<z.output<Q>>, Q, R>,
) {
  return accessRoute(route, 'administrator', {
    check: (principal) => void authorizeAdmin(principal, null),
    prove: (principal, query) => authorizeAdmin(principal, query),
  })
}

/** Handles a request of a signed-in person about their own account. */
export function personRoute<Q extends z.ZodType, R extends z.ZodType>(route: AccessRoute<Personal<z.output<Q>>, Q, R>) {
  return accessRoute(route, 'signed_in', {
    check: (principal) => void authorizePerson(principal, null),
    prove: (principal, query) => authorizePerson(principal, query),
  })
}

/** Handles a request of anybody. The query itself holds the secret that permits it. */
export function secretRoute<Q extends z.ZodType, R extends z.ZodType>(
  route: AccessRoute<{ query: z.output<Q>; network: string | null }, Q, R>,
) {
  // A bearer that is sent along is checked although it is not needed.
  const problems = ['not_signed_in' as const, ...(route.problems ?? [])]
  return accessRoute({ ...route, problems }, 'everybody', {
    check: () => undefined,
    prove: (_, query, { headers }) => ({ query, network: networkOf(addressOf(headers)) }),
  })
}

interface Authorization<Proof, Query> {
  check(principal: Principal): void
  prove(principal: Principal, query: Query, request: Request): Proof
}

/** Authorizes before parsing, so that a caller without access learns nothing from validation errors. */
function accessRoute<Proof, Q extends z.ZodType, R extends z.ZodType>(
  route: AccessRoute<Proof, Q, R>,
  access: Declared['access'],
  { check, prove }: Authorization<Proof, z.output<Q>>,
): DeclaredHandler {
  const handler = guarded(async (running, request, params) => {
    const reads = request.method === 'GET'
    const principal = await (reads ? requestPrincipal : mutatingPrincipal)(running, request)
    check(principal)
    const given = reads ? queryOf(new URL(request.url).searchParams) : await bodyOf(request)
    const query = route.query.parse(isFields(given) ? { ...given, ...params } : given)
    const answer = route.reply.parse(await route.verb(running, prove(principal, query, request)))
    return route.csv && wantsCsv(request) ? csv(route.csv(answer, { demo: false }, query)) : json(answer)
  })
  const { query: input, reply, problems = [] } = route
  const personOnly = access === 'signed_in'
  return declare(
    { access, personOnly, input, inputIn: 'fields', reply, status: 200, csv: route.csv !== undefined, problems },
    handler,
  )
}

const isFields = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
