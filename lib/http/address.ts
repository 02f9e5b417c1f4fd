import 'server-only'

/** Returns the client address that the front door wrote; `unknown` for everybody where there is no front door. */
export function addressOf(headers: Pick<Headers, 'get'>): string {
  return headers.get('x-pushlens-address') ?? 'unknown'
}
