import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type App, admit, type Endpoint, endpointAt } from './admission'
import { failed, type JsonObject, Refusal } from './answers'
import { applyFault } from './apply-fault'
import type { Arrival } from './arrivals'
import type { EmulatorState } from './emulator-state'
import { answerCall } from './endpoints/answer-call'
import { reply } from './reply'

const MAX_BODY = 1_000_000

export function protocolServer(state: EmulatorState): Server {
  const server = createServer((request, response) => void serve(state, request, response))
  server.keepAliveTimeout = 60_000
  return server
}

/** Handles one call. Checks signature and spacing on arrival, from the URL, without waiting for the body. */
async function serve(state: EmulatorState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = state.clock.monotonic()
  const url = urlOf(request)
  const endpoint = endpointAt(url.pathname)
  const sdkAppId = Number(url.searchParams.get('sdkappid')) || null
  const arrival = state.arrivals.record(endpoint ?? url.pathname, sdkAppId, at, state.clock.wall())
  response.on('close', () => state.arrivals.ended(arrival, state.clock.monotonic()))
  try {
    if (!endpoint) throw new Refusal(60009)
    if (request.method !== 'POST') throw new Refusal(60002)
    const app = admit(url.searchParams, state.apps, state.clock.wall() / 1_000)
    if (!state.spacing.take(app.sdkAppId, endpoint, at)) throw new Refusal(60007)
    arrival.accepted = true
    await answer(state, app, endpoint, arrival, request, response)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    request.resume()
    refuse(arrival, response, error)
  }
}

async function answer(
  state: EmulatorState,
  app: App,
  endpoint: Endpoint,
  arrival: Arrival,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const faults = state.faults.take(app.sdkAppId, endpoint)
  const body = await bodyOf(request)
  if (body === null) return
  arrival.body = body
  const wait = faults.find(({ kind }) => kind === 'latency')?.ms ?? 0
  const send = () => {
    const answered = faults.reduce(applyFault, answerTo(state, app, endpoint, body))
    if (!faults.some(({ kind }) => ['hang', 'reset', 'http502', 'truncate', 'drip'].includes(kind))) {
      arrival.errorCode = Number(answered.ErrorCode)
    }
    reply(response, answered, faults)
  }
  if (wait > 0) state.clock.later(wait, send)
  else send()
}

function answerTo(state: EmulatorState, app: App, endpoint: Endpoint, body: string): JsonObject {
  try {
    return answerCall(state, app, endpoint, body)
  } catch (error) {
    if (error instanceof Refusal) return failed(error.code, error.message)
    throw error
  }
}

function refuse(arrival: Arrival, response: ServerResponse, refusal: Refusal): void {
  arrival.errorCode = refusal.code
  reply(response, failed(refusal.code, refusal.message), [])
}

/** Parses the request target. A target that is not a path (absolute, or starting with two slashes) maps to an unknown resource. */
function urlOf({ url = '/' }: IncomingMessage): URL {
  return URL.canParse(`http://emulator${url}`) ? new URL(`http://emulator${url}`) : new URL('http://emulator/')
}

/** Returns the body as text; null if the caller disconnected or sent more than MAX_BODY. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      chunks.push(chunk)
      size += chunk.length
      if (size > MAX_BODY) request.destroy()
    }
  } catch {
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}
