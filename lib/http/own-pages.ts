import 'server-only'
import { checkOrigin } from '@/lib/access/origin'
import { context } from '@/lib/context'
import { PushlensError } from '@/lib/contract/errors'
import { problem } from './respond'

type Handler<Params> = (request: Request, params: Params) => Promise<Response>

/**
 * Wraps a change that has no principal yet, such as a sign-in. The front door checks the same; this check holds without
 * it. With any cookie the request must have our own Origin. Without one, a program may send no Origin. A body that
 * cannot be read is the client's fault. Its error is dropped, because a parser repeats what it could not read.
 */
export function onlyFromOwnPages<Params>(handler: Handler<Params>): Handler<Params> {
  return async (request, params) => {
    const { publicUrl } = await context()
    const origin = request.headers.get('origin')
    try {
      checkOrigin(origin, publicUrl, { kind: 'anonymous' })
      if (origin !== publicUrl.origin && request.headers.has('cookie')) {
        throw new PushlensError('bad_origin', 'a request with cookies does not say where it comes from')
      }
    } catch (error) {
      return problem(error)
    }
    return handler(request, params).catch((error: unknown) => {
      if (!isUnreadableBody(error)) throw error
      return problem(new PushlensError('bad_request', 'the body ended early or is malformed'))
    })
  }
}

function isUnreadableBody(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ECONNRESET')
}
