import 'server-only'

const MAX_LENGTH = 80

/**
 * Returns why single sign-on failed, for the administrator's log: a system error code, an OAuth error code or the fixed
 * beginning of the library's message. What follows a comma, colon or quote can be a visitor's input and is dropped.
 */
export function reasonOf(detail: unknown): string {
  const error = isErrorDetail(detail) ? detail.error : detail
  if (!(error instanceof Error)) return 'unknown'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code !== null && /^[A-Z_]{3,40}$/.test(code)) return code
  const fixed = /^[A-Za-z_ ()-]*/.exec(error.message)?.[0].trim() ?? ''
  return fixed === '' ? 'unknown' : fixed.slice(0, MAX_LENGTH)
}

function isErrorDetail(detail: unknown): detail is { error: unknown } {
  return typeof detail === 'object' && detail !== null && 'error' in detail && !(detail instanceof Error)
}
