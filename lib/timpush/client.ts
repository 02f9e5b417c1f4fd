import 'server-only'
import type { Readable } from 'node:stream'
import { Agent, request } from 'undici'
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

  /** Returns the text of the answer. Rejects with `UpstreamError`, or with the reason of `callerSignal` if that ended the call. */
  async post(endpoint: Endpoint, url: string, question: unknown, callerSignal?: AbortSignal): Promise<string> {
    const budget = AbortSignal.timeout(this.limits.budgetMs)
    try {
      return await this.exchange(
        endpoint,
        url,
        question,
        callerSignal ? AbortSignal.any([budget, callerSignal]) : budget,
      )
    } catch (error) {
      if (callerSignal?.aborted) throw callerSignal.reason
      if (budget.aborted) throw timedOut(endpoint)
      if (error instanceof UpstreamError) throw error
      throw error instanceof BodyError ? unreadable(endpoint, error.message) : transportFailure(endpoint, error)
    }
  }

  close(): Promise<void> {
    return this.agent.close()
  }

  private async exchange(endpoint: Endpoint, url: string, question: unknown, signal: AbortSignal): Promise<string> {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: this.agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-encoding': ENCODINGS },
      body: JSON.stringify(question),
      signal,
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

/** Discards the rest of a body. Without the listener its error would end the process. */
function discard(body: Readable): void {
  body.on('error', () => {})
  body.destroy()
}
