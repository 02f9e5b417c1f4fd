import 'server-only'
import { optionalWrite } from '@/lib/access/optional-write'
import { noteUntrusted } from '@/lib/access/untrusted-proxy'
import type { Running } from '@/lib/context'

/**
 * Says so in the log, and notes it for the System page, if the front door did not believe an X-Forwarded-For header.
 * Behind a proxy all people then have one address, and share its limits.
 */
export async function noteUntrustedProxy({ access, log }: Running, request: Request): Promise<void> {
  if (request.headers.get('x-pushlens-forwarded') !== 'ignored') return
  await optionalWrite(
    noteUntrusted(access).then((isNews) => {
      if (isNews)
        log.warn('X-Forwarded-For arrives and is ignored. Behind a proxy, set TRUST_PROXY to the number of proxies')
    }),
  )
}
