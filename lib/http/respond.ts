import 'server-only'
import Negotiator from 'negotiator'
import { ZodError } from 'zod'
import { DEMO_NOTE } from '@/lib/contract/api/files'
import { ERROR_STATUS, type ErrorCode, isPushlensError, PushlensError } from '@/lib/contract/errors'
import type { ProblemReply } from '@/lib/contract/problem'
import words from '@/messages/en/errors.json'

const HEADERS = { 'cache-control': 'private, no-store' }

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: HEADERS })
}

/** Replies with JSON that is written already. */
export function jsonText(text: string, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(text, { status, headers: { ...HEADERS, 'content-type': 'application/json', ...headers } })
}

/** Replies with JSON that a browser saves as a file. That of a demo begins with a note that its data is invented. */
export function jsonFile(body: unknown, { demo }: { demo: boolean }): Response {
  const isNoted = demo && typeof body === 'object' && body !== null && !Array.isArray(body)
  const noted = isNoted ? { note: DEMO_NOTE, ...body } : body
  return Response.json(noted, { headers: { ...HEADERS, 'content-disposition': 'attachment' } })
}

/** JSON comes first: a browser that accepts anything gets JSON. A parameter has to match, so CSV is offered twice. */
const OFFERED = ['application/json', 'text/csv', 'text/csv; charset=utf-8']

/** Returns whether the client prefers CSV to JSON. */
export function wantsCsv(request: Request): boolean {
  const accept = request.headers.get('accept')
  if (accept === null || accept === '*/*') return false
  return new Negotiator({ headers: { accept } }).mediaType(OFFERED)?.startsWith('text/csv') ?? false
}

/** Starts with a byte order mark, so that spreadsheets read the text as UTF-8. */
export function csv(text: string): Response {
  const headers = { ...HEADERS, 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment' }
  return new Response(`\ufeff${text}`, { headers })
}

/** Turns any error into a reply. An unexpected error becomes `internal`; the caller logs it. */
export function problem(error: unknown): Response {
  const { code, field, detail } = describe(error)
  const text = words[code]
  const body: ProblemReply = {
    type: 'about:blank',
    title: text.title,
    status: ERROR_STATUS[code],
    detail: detail ?? text.detail,
    code,
    ...(field === undefined ? {} : { field }),
  }
  const headers = { ...HEADERS, 'content-type': 'application/problem+json', ...retryAfter(error, body.status) }
  return new Response(JSON.stringify(body), { status: body.status, headers })
}

/** Statuses that pass by themselves. A client that is not told when would try again at once. */
export const PASSING: readonly number[] = [ERROR_STATUS.too_many, ERROR_STATUS.unavailable]

/** Says after how many seconds the client may try again: at least one, if the error does not know. */
function retryAfter(error: unknown, status: number): Record<string, string> {
  const ms = isPushlensError(error) && 'retryAfterMs' in error ? Number(error.retryAfterMs) : null
  if (ms === null && !PASSING.includes(status)) return {}
  return { 'retry-after': String(Math.max(1, Math.ceil((ms ?? 0) / 1_000))) }
}

/** The reply for an address that does not exist. */
export function unknownAddress(): Response {
  return problem(new PushlensError('not_found', 'no such address'))
}

/** Returns whether the error is the client's, and not a defect of ours. */
export function isExpected(error: unknown): boolean {
  return isPushlensError(error) || error instanceof ZodError
}

function describe(error: unknown): { code: ErrorCode; field?: string; detail?: string } {
  if (isPushlensError(error)) return { code: error.code, ...(error.field ? { field: error.field } : {}) }
  if (!(error instanceof ZodError)) return { code: 'internal' }
  const [issue] = error.issues
  if (!issue) return { code: 'bad_request' }
  if (issue.code === 'unrecognized_keys') {
    return {
      code: 'bad_request',
      field: issue.keys[0],
      detail: `Unknown parameter: ${issue.keys.join(', ')}. Check the spelling.`,
    }
  }
  const field = issue.path.join('.')
  return {
    code: 'bad_request',
    ...(field ? { field, detail: `${field}: ${issue.message}.` } : { detail: `${issue.message}.` }),
  }
}
