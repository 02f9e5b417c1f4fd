import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import { UpstreamError } from './errors'
import { unreadable } from './outcome'

const TIMED_OUT = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']

/**
 * Classifies a transport error by its code alone. Errors of undici and Node may contain the URL and with it the signature,
 * so nothing else is copied and no error becomes a cause.
 */
export function transportFailure(endpoint: Endpoint, error: unknown): UpstreamError {
  const code = codeOf(error)
  if (TIMED_OUT.includes(code)) return timedOut(endpoint)
  if (/^(Z_|ERR__|ERR_BROTLI)/.test(code)) return unreadable(endpoint, 'it cannot be decompressed')
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || isParserError(error)) return badGateway(endpoint, 'it is not HTTP')
  return new UpstreamError(endpoint, 'upstream_unreachable', 'transient', null, 'the connection failed')
}

export function timedOut(endpoint: Endpoint): UpstreamError {
  return new UpstreamError(endpoint, 'upstream_timeout', 'transient', null, 'no whole answer in time')
}

export function badGateway(endpoint: Endpoint, detail: string): UpstreamError {
  return new UpstreamError(endpoint, 'upstream_bad_gateway', 'transient', null, detail)
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === 'HTTPParserError'
}
