// @ts-check
import { gate } from './gate.mjs'
import { contentPolicy, newNonce, safetyHeaders } from './headers.mjs'
import { refuse } from './refuse.mjs'
import { sharedAnswer, sharedPage, sharedRequest } from './shared.mjs'
import { isHealth } from './target.mjs'

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {{
 *   handler: (req: Request, res: Response) => unknown,
 *   rules: import('./gate.mjs').Rules,
 *   startId: string,
 *   onError: (error: unknown) => void,
 *   onAbort?: () => void,
 *   frameAncestors?: (shareId: string) => Promise<readonly string[]>,
 * }} Door
 */

/**
 * Creates the request listener in front of the application. Only requests that pass the gate reach `handler`.
 * Health routes return `startId`, so that the start script recognizes the server it started. `onAbort` is called for each
 * client that disconnects while it sends a body. `frameAncestors` says who may show a shared page in a frame; nobody without
 * it, and while it fails.
 * @param {Door} door
 * @returns {(req: Request, res: Response) => Promise<void>}
 */
export function door({ handler, rules, startId, onError, onAbort = () => {}, frameAncestors = async () => [] }) {
  const safety = Object.entries(safetyHeaders(rules.publicUrl))
  /** Connections about to close. Node still reads requests that were sent after a refused one. */
  const closing = new WeakSet()
  /** @param {string} id */
  const ancestorsOf = (id) =>
    frameAncestors(id).catch((error) => {
      onError(error)
      return []
    })
  return async (req, res) => {
    if (closing.has(req.socket)) return
    for (const [name, value] of safety) res.setHeader(name, value)
    const target = req.url ?? ''
    const decision = gate(factsOf(req), rules)
    if ('refuse' in decision) {
      closing.add(req.socket)
      return refuse(req, res, decision.refuse)
    }
    if ('redirect' in decision) {
      res.writeHead(307, { location: decision.redirect }).end()
      return
    }
    const nonce = newNonce()
    const policy = contentPolicy(nonce, { development: rules.development })
    const shared = sharedPage(target)
    const more = shared ? sharedRequest(shared) : { drop: [], set: {} }
    rewrite(req, [...decision.forward.drop, ...more.drop], {
      ...decision.forward.set,
      ...more.set,
      'x-nonce': nonce,
      'content-security-policy': policy,
    })
    res.setHeader('content-security-policy', policy)
    if (shared) setAll(res, sharedAnswer(policy, await ancestorsOf(shared.id)))
    if (isHealth(target)) res.setHeader('x-pushlens-start', startId)
    res.once('close', () => {
      if (!req.complete && !res.writableFinished) onAbort()
    })
    try {
      await handler(req, res)
    } catch (error) {
      onError(error)
      if (res.headersSent) res.destroy()
      else refuse(req, res, { status: 500, code: 'internal', text: 'Something went wrong on this server.' })
    }
  }
}

/**
 * @param {Request} req
 * @returns {import('./gate.mjs').Facts}
 */
export function factsOf(req) {
  const { method = '', url: target = '', headers, rawHeaders } = req
  return { method, target, headers, rawHeaders, remoteAddress: req.socket.remoteAddress }
}

/**
 * @param {Response} res
 * @param {Record<string, string | null>} headers null removes one
 */
function setAll(res, headers) {
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) res.removeHeader(name)
    else res.setHeader(name, value)
  }
}

/**
 * Rewrites the headers in every form in which the application can read them.
 * @param {Request} req
 * @param {string[]} drop
 * @param {Record<string, string>} set
 */
function rewrite(req, drop, set) {
  const gone = new Set([...drop, ...Object.keys(set)])
  const { headers, rawHeaders } = req
  const kept = rawHeaders.filter((_, i) => !gone.has(rawHeaders[i - (i % 2)]?.toLowerCase() ?? ''))
  rawHeaders.splice(0, rawHeaders.length, ...kept, ...Object.entries(set).flat())
  for (const name of drop) delete headers[name]
  Object.assign(headers, set)
  // Node derives headersDistinct from the original headers, so it is replaced too.
  req.headersDistinct = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat()]))
}
