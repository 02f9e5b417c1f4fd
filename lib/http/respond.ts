import 'server-only'
import { ZodError } from 'zod'
import { ERROR_STATUS, type ErrorCode, isPushlensError, PushlensError } from '@/lib/contract/errors'
import type { ProblemReply } from '@/lib/contract/problem'
import words from '@/messages/en/errors.json'

const HEADERS = { 'cache-control': 'private, no-store' }

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: HEADERS })
}

/** Asked for by name: a browser that accepts anything gets JSON. */
export function wantsCsv(request: Request): boolean {
  return /(^|[\s,])text\/csv\s*(;|,|$)/i.test(request.headers.get('accept') ?? '')
}

/** The mark at the start tells spreadsheets that the text is UTF-8. */
export function csv(text: string): Response {
  const headers = { ...HEADERS, 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment' }
  return new Response(`\ufeff${text}`, { headers })
}

/** The one mapper from an error to an answer. What was not expected is logged by the caller and shown as `internal`. */
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
  const headers = { ...HEADERS, 'content-type': 'application/problem+json', ...retryAfter(error) }
  return new Response(JSON.stringify(body), { status: body.status, headers })
}

/** Seconds after which another attempt is heard, where the error knows. */
function retryAfter(error: unknown): Record<string, string> {
  if (!isPushlensError(error) || !('retryAfterMs' in error)) return {}
  return { 'retry-after': String(Math.ceil(Number(error.retryAfterMs) / 1_000)) }
}

export function nowhere(): Response {
  return problem(new PushlensError('not_found', 'no such address'))
}

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
      detail: `We do not know ${issue.keys.join(', ')}: check the spelling.`,
    }
  }
  const field = issue.path.join('.')
  return {
    code: 'bad_request',
    ...(field ? { field, detail: `${field}: ${issue.message}.` } : { detail: `${issue.message}.` }),
  }
}
