import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { EmulatorState } from '../protocol/emulator-state'
import { changeSwitches } from '../switches'
import { BadRequest } from './bad-request'
import { faultOf } from './fault-input'
import { answerTruth } from './truth-routes'

/** Creates the control API for tests and demos. It listens on loopback and holds no secrets; README.md lists its paths. */
export function controlServer(state: EmulatorState): Server {
  return createServer((request, response) => void serve(state, request, response))
}

async function serve(state: EmulatorState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, value: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`)
  }
  try {
    const url = new URL(request.url ?? '/', 'http://control')
    const name = url.pathname.split('/')[1] ?? ''
    const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined
    if (!route)
      throw new BadRequest(`unknown path ${url.pathname}; the paths are: ${Object.keys(ROUTES).join(', ')}`, 404)
    const body = request.method === 'POST' ? await bodyOf(request) : null
    send(200, route(state, { method: request.method ?? 'GET', url, body }))
  } catch (error) {
    const status = error instanceof BadRequest ? error.status : 500
    send(status, { error: error instanceof Error ? error.message : String(error) })
  }
}

interface Call {
  method: string
  url: URL
  /** The parsed body of a POST; null for other methods. */
  body: object | null
}

const ROUTES: Record<string, (state: EmulatorState, call: Call) => unknown> = {
  health,
  truth: answerTruth,
  arrivals,
  faults,
  switches,
  clock,
}

function health({ apps, clock }: EmulatorState) {
  return { ok: true, apps: [...apps.keys()], dataNow: clock.data() }
}

function arrivals({ arrivals }: EmulatorState, { method, url }: Call) {
  if (method === 'DELETE' || url.pathname === '/arrivals/reset') arrivals.reset()
  return { items: arrivals.since(Number(url.searchParams.get('since') ?? 0)) }
}

function faults({ faults }: EmulatorState, { method, url, body }: Call) {
  if (method === 'DELETE' || url.pathname === '/faults/reset') faults.reset()
  else if (body) faults.add(faultOf(body))
  return { items: faults.all() }
}

function switches(state: EmulatorState, { body }: Call) {
  if (body) {
    try {
      state.switches = changeSwitches(state.switches, body)
    } catch (error) {
      throw new BadRequest(error instanceof Error ? error.message : String(error))
    }
  }
  return state.switches
}

function clock({ clock }: EmulatorState, { body }: Call) {
  if (body) {
    const offset = 'offset' in body ? body.offset : null
    if (typeof offset !== 'number' || !Number.isSafeInteger(offset))
      throw new BadRequest('offset must be whole seconds')
    clock.shift = offset
  }
  return { offset: clock.shift, realNow: Math.floor(clock.wall() / 1_000), dataNow: clock.data() }
}

async function bodyOf(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  try {
    const body: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof body === 'object' && body !== null) return body
  } catch {
    // Falls through: invalid JSON gets the same error as a body that is not an object.
  }
  throw new BadRequest('the body must be a JSON object')
}
