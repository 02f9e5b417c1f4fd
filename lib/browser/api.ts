import { ERROR_STATUS, type ErrorCode } from '@/lib/contract/errors'
import type { ProblemReply } from '@/lib/contract/problem'

/** A refusal of the API, or of the way to it: `code` names the text people read. `field` is the input at fault. */
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

/** The code of what a query threw, null when nothing was. */
export function codeOf(error: unknown): ErrorCode | null {
  if (!error) return null
  return error instanceof ApiError ? error.code : 'internal'
}

/** JSON of our own API. Its shape was parsed by the server on the way out, with the schema `T` is inferred from. */
export async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response
  try {
    const headers = { accept: 'application/json', ...language(), ...init.headers }
    response = await fetch(path, { ...init, headers })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError('unavailable')
  }
  if (!response.ok) throw await refusal(response)
  return response.json()
}

export function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>('POST', path, body, signal)
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PUT', path, body)
}

function send<T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  return api<T>(path, { method, headers, body: JSON.stringify(body), signal })
}

/** The page's language, which may be another than the browser's: sentences in an answer follow it. */
function language(): Record<string, string> {
  return typeof document === 'undefined' ? {} : { 'accept-language': document.documentElement.lang }
}

/** What a refused answer says, ours or not. */
export async function refusal(response: Response): Promise<ApiError> {
  const problem: Partial<ProblemReply> = await response.json().catch(() => ({}))
  if (isErrorCode(problem.code)) return new ApiError(problem.code, problem.field)
  // Not ours: a proxy's page, or a server that is just going down.
  return new ApiError(
    response.status === 401 ? 'not_signed_in' : response.status >= 500 ? 'unavailable' : 'bad_request',
  )
}
