import 'server-only'
import { type ApiAnswer, SCHEMA_REF } from '@/lib/contract/api/openapi'
import { ERROR_STATUS, type ErrorCode } from '@/lib/contract/errors'
import { mayRole, ROLES } from '@/lib/contract/roles'
import words from '@/messages/en/errors.json'
import type { Declared } from '../declared'
import { PASSING } from '../respond'

const EVERY: ErrorCode[] = ['bad_request', 'too_many', 'misdirected', 'internal', 'unavailable', 'storage_full']
const OF_MUTATIONS: ErrorCode[] = ['bad_origin', 'not_json', 'length_required', 'too_large']
const RETRY_AFTER = { description: 'Seconds until the next request is accepted', schema: { type: 'integer' } }

/** Returns the codes with which a route may refuse, without repeats. A health check has none. */
export function problemsOf({ access, inputIn, personOnly, problems }: Declared, method: string): ErrorCode[] {
  if (access === 'health') return []
  const codes: ErrorCode[] = [...EVERY, ...problems]
  if (access !== 'everybody') codes.push('not_signed_in')
  if (access === 'administrator' || personOnly) codes.push('forbidden')
  if (typeof access === 'object') codes.push('not_found')
  if (typeof access === 'object' && !ROLES.every((role) => mayRole(role, access.ability))) codes.push('forbidden')
  if (method !== 'GET') codes.push(...(inputIn === 'path' ? (['bad_origin'] as const) : OF_MUTATIONS))
  return [...new Set(codes)]
}

/** Describes the error replies, one per status, each with the codes that it may carry. */
export function problemAnswers(codes: ErrorCode[]): Record<string, ApiAnswer> {
  const statuses = [...new Set(codes.map((code) => ERROR_STATUS[code]))].sort((a, b) => a - b)
  return Object.fromEntries(
    statuses.map((status) => {
      const own = codes.filter((code) => ERROR_STATUS[code] === status)
      return [String(status), answer(own, status)]
    }),
  )
}

function answer(codes: ErrorCode[], status: number): ApiAnswer {
  const schema = {
    allOf: [{ $ref: `${SCHEMA_REF}Problem` }, { type: 'object', properties: { code: { enum: codes } } }],
  }
  return {
    description: codes.map((code) => `${code}: ${words[code].title}`).join('. '),
    ...(PASSING.includes(status) ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
    content: { 'application/problem+json': { schema } },
  }
}
