// @ts-check
import { connect } from 'node:net'

/**
 * Sends raw bytes and reads until the other side closes.
 * @param {number} port on 127.0.0.1
 * @param {string | Buffer} raw
 * @param {number} [timeoutMs]
 * @returns {Promise<{ status: number, head: string, body: string }>} status 0 if there was no answer
 */
export function send(port, raw, timeoutMs = 10_000) {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ port, host: '127.0.0.1' })
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`the connection did not close within ${timeoutMs} ms; received: ${text.slice(0, 200)}`))
    }, timeoutMs)
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      text += chunk
    })
    // A server may reset the connection after the answer to drop a refused body.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(answerOf(text))
    })
    socket.write(raw)
  })
}

/**
 * Returns the first final answer; skips interim ones (100 Continue).
 * @param {string} text
 */
function answerOf(text) {
  const parts = text.split('\r\n\r\n')
  while (/^HTTP\/1\.1 1\d\d /.test(parts[0] ?? '')) parts.shift()
  const [head = '', ...body] = parts
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: body.join('\r\n\r\n') }
}

/**
 * Returns what is wrong with an answer, or null. An answer must have an expected status and repeat nothing of the request.
 * @param {import('./corpus-parts.mjs').Replay} replay
 * @param {{ status: number, head: string, body: string }} answer
 */
export function answerProblem({ refused }, { status, head, body }) {
  if (refused && !refused.includes(status)) return `answered ${status}, not ${refused.join(' or ')}`
  if (!refused && (status === 0 || status >= 500)) return `answered ${status}`
  if (/evil|smuggled/i.test(head + body)) return 'repeats what was sent'
  return / {4}at .*:\d+:\d+/.test(body) ? 'shows a stack trace' : null
}
