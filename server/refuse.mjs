// @ts-check
import { STATUS_CODES } from 'node:http'
import { EMPTY_POLICY } from './headers.mjs'
import { isApi } from './target.mjs'

/**
 * Answers without the application: a problem document (RFC 9457) under /api, a line of text elsewhere. Repeats nothing
 * of the request. Closes the connection, because bytes after an unread body cannot be trusted.
 * @param {import('node:http').IncomingMessage} req
 * @param {import('node:http').ServerResponse} res
 * @param {import('./gate.mjs').Refusal} refusal
 */
export function refuse(req, res, { status, code, text }) {
  const title = STATUS_CODES[status] ?? 'Error'
  const api = isApi(req.url ?? '')
  const body = api ? JSON.stringify({ type: 'about:blank', title, status, detail: text, code }) : `${text}\n`
  res.writeHead(status, {
    'content-length': Buffer.byteLength(body),
    'content-type': api ? 'application/problem+json' : 'text/plain; charset=utf-8',
    'content-security-policy': EMPTY_POLICY,
    'cache-control': 'no-store',
    connection: 'close',
  })
  res.end(body)
}
