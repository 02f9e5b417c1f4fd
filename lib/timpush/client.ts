import 'server-only'
import type { Readable } from 'node:stream'
import { Agent, type Dispatcher, request } from 'undici'
import type { Endpoint } from '@/lib/contract/sources'
import { BodyError, ENCODINGS, readBody } from './body'
import { UpstreamError } from './errors'
import { unreadable } from './outcome'
import { badGateway, timedOut, transportFailure } from './transport-failure'

/** Time limits of a call and of its connection, and the size limit of an answer after decompression. */
export interface ClientLimits {
  budgetMs: number
  connectMs: number
  maxBytes: number
}

export interface CallOptions {
  /** Ends the call. It then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Asked just before the request is written to its connection. If false, nothing is sent and the call has timed out. */
  maySend?(): boolean
}

const KEEP_ALIVE_MS = 10_000

/** HTTP client for Tencent, with its own connections. It follows no redirects; a redirect is a failure. */
export class Client {
  private readonly agent: Agent

  constructor(private readonly limits: ClientLimits) {
    // The signal in `post` limits the whole call, so undici's own time-outs for headers and body are off.
    this.agent = new Agent({
      connect: { timeout: limits.connectMs },
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
    })
  }

  /** Returns the text of the answer. Rejects with `UpstreamError`, or with the reason of the caller's signal if that ended the call. */
  async post(endpoint: Endpoint, url: string, question: unknown, options: CallOptions = {}): Promise<string> {
    const budget = AbortSignal.timeout(this.limits.budgetMs)
    const signal = options.signal ? AbortSignal.any([budget, options.signal]) : budget
    const { maySend } = options
    const dispatcher = maySend ? this.agent.compose(checkBeforeSending(maySend)) : this.agent
    try {
      return await this.exchange(endpoint, url, question, { dispatcher, signal })
    } catch (error) {
      if (options.signal?.aborted) throw options.signal.reason
      if (budget.aborted || error instanceof TooLate) throw timedOut(endpoint)
      if (error instanceof UpstreamError) throw error
      throw error instanceof BodyError ? unreadable(endpoint, error.message) : transportFailure(endpoint, error)
    }
  }

  close(): Promise<void> {
    return this.agent.close()
  }

  private async exchange(
    endpoint: Endpoint,
    url: string,
    question: unknown,
    way: { dispatcher: Dispatcher; signal: AbortSignal },
  ): Promise<string> {
    const { statusCode, headers, body } = await request(url, {
      ...way,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-encoding': ENCODINGS },
      body: JSON.stringify(question),
    })
    try {
      if (statusCode !== 200) throw badGateway(endpoint, `HTTP ${statusCode}`)
      return await readBody(body, String(headers['content-encoding'] ?? ''), this.limits.maxBytes)
    } catch (error) {
      discard(body)
      throw error
    }
  }
}

class TooLate extends Error {}

/**
 * Asks at the last moment, in the turn of the event loop that writes the request: the process may have been paused while it
 * read the key, or while it waited for a connection.
 */
function checkBeforeSending(maySend: () => boolean): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context)
        if (!maySend()) controller.abort(new TooLate())
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    })
}

/** Discards the rest of a body. Without the listener its error would end the process. */
function discard(body: Readable): void {
  body.on('error', () => {})
  body.destroy()
}
