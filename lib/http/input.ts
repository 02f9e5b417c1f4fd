import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { MAX_BODY_BYTES } from '@/lib/contract/limits'

/** Returns the URL's keys as an object: text for a single key, a list for a repeated one. Schemas refuse unknown keys. */
export function queryOf(params: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(params.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const all = params.getAll(name)
      return [name, all.length === 1 ? (all[0] ?? '') : all]
    }),
  )
}

/** Reads the JSON body of a mutation. Counts the bytes while reading, since a declared length can be wrong. */
export async function bodyOf(request: Request, maxBytes = MAX_BODY_BYTES): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new PushlensError('not_json', 'the body is not declared as JSON')
  }
  return parsed(await readCapped(request, maxBytes))
}

/** Reads the body of a sign-in form: form-encoded, or JSON. */
export async function formOf(request: Request): Promise<unknown> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) return bodyOf(request)
  return queryOf(new URLSearchParams(await readCapped(request, MAX_BODY_BYTES)))
}

/** The parser's own message repeats a part of the text, which may be a password. It is dropped. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PushlensError('bad_request', 'the body is not JSON')
  }
}

/** A client that disconnects is no defect of ours. The front door counts them. */
function incomplete(cause: unknown): never {
  throw new PushlensError('bad_request', 'the body ended early', undefined, { cause })
}

async function readCapped(request: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  const reader = request.body?.getReader()
  for (;;) {
    const chunk = await reader?.read().catch(incomplete)
    if (!chunk || chunk.done) return text + decoder.decode()
    size += chunk.value.byteLength
    if (size > maxBytes) {
      await reader?.cancel()
      throw new PushlensError('too_large', 'the body is over the limit')
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
}
