import { ERROR_STATUS, type ErrorCode } from '@/lib/contract/errors'
import type { ProblemReply } from '@/lib/contract/problem'

/** An error of the API, or of the network. `code` selects the text for people. `field` is the input at fault. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly field?: string,
  ) {
    super(code)
    this.name = 'ApiError'
  }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && code in ERROR_STATUS
}

/** Returns the code of what a query threw; null when nothing was thrown. */
export function errorCodeOf(error: unknown): ErrorCode | null {
  if (!error) return null
  return error instanceof ApiError ? error.code : 'internal'
}

/** Returns the input at fault, as the API names it; null where the error names none. */
export function errorFieldOf(error: unknown): string | null {
  return error instanceof ApiError ? (error.field ?? null) : null
}

/** Requests JSON from our own API. The server has parsed the reply with the schema that `T` is inferred from. */
export async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response
  try {
    const headers = { accept: 'application/json', ...language(), ...init.headers }
    response = await fetch(path, { ...init, headers })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError('unavailable')
  }
  if (!response.ok) throw await errorOfResponse(response)
  return response.json()
}

export function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>('POST', path, body, signal)
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PUT', path, body)
}

export function patch<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PATCH', path, body)
}

/** Named after the effect: `delete` is a reserved word. The body says what is confirmed, where that is needed. */
export function remove<T>(path: string, body: unknown = {}): Promise<T> {
  return send<T>('DELETE', path, body)
}

function send<T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  return api<T>(path, { method, headers, body: JSON.stringify(body), signal })
}

/** Sends the page's language, which may differ from the browser's. Sentences in a reply follow it. */
function language(): Record<string, string> {
  return typeof document === 'undefined' ? {} : { 'accept-language': document.documentElement.lang }
}

/** Turns a failed response into an error, also when it is not from our API. */
export async function errorOfResponse(response: Response): Promise<ApiError> {
  const problem: Partial<ProblemReply> = await response.json().catch(() => ({}))
  if (isErrorCode(problem.code)) return new ApiError(problem.code, problem.field)
  // Not from our API: a proxy's page, or a server that is shutting down.
  return new ApiError(
    response.status === 401 ? 'not_signed_in' : response.status >= 500 ? 'unavailable' : 'bad_request',
  )
}
