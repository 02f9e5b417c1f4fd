// @ts-check
import { connect } from 'node:net'

/**
 * Sends bytes as they are and reads until the other side closes.
 * @param {number} port on 127.0.0.1
 * @param {string | Buffer} raw
 * @param {number} [timeoutMs]
 * @returns {Promise<{ status: number, head: string, body: string }>} status 0 when nothing was answered
 */
export function send(port, raw, timeoutMs = 10_000) {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ port, host: '127.0.0.1' })
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no end within ${timeoutMs} ms; so far: ${text.slice(0, 200)}`))
    }, timeoutMs)
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      text += chunk
    })
    // A reset after the answer is how a server drops a body it refused.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(answerOf(text))
    })
    socket.write(raw)
  })
}

/**
 * The first final answer; interim ones (100 Continue) are skipped.
 * @param {string} text
 */
function answerOf(text) {
  const parts = text.split('\r\n\r\n')
  while (/^HTTP\/1\.1 1\d\d /.test(parts[0] ?? '')) parts.shift()
  const [head = '', ...body] = parts
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: body.join('\r\n\r\n') }
}

/**
 * What is wrong with an answer, or null. It must neither fail nor repeat what was sent.
 * @param {import('./corpus-parts.mjs').Replay} replay
 * @param {{ status: number, head: string, body: string }} answer
 */
export function answerProblem({ refused }, { status, head, body }) {
  if (refused && !refused.includes(status)) return `answered ${status}, not ${refused.join(' or ')}`
  if (!refused && (status === 0 || status >= 500)) return `answered ${status}`
  if (/evil|smuggled/i.test(head + body)) return 'repeats what was sent'
  return / {4}at .*:\d+:\d+/.test(body) ? 'shows a stack trace' : null
}
