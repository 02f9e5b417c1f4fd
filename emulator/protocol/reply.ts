import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { JsonObject } from './answers'
import type { Fault, FaultKind } from './faults'

const HUGE = 9 * 1_024 * 1_024
const BAD_GATEWAY =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n'

/** Sends an answer, altered by the faults. The HTTP status is always 200, except for the `http502` fault. */
export function reply(response: ServerResponse, answer: JsonObject, faults: readonly Fault[]): void {
  const fault = (kind: FaultKind) => faults.find((one) => one.kind === kind)
  if (fault('hang')) return
  if (fault('reset')) {
    response.socket?.resetAndDestroy()
    return
  }
  if (fault('http502')) {
    response.writeHead(502, { 'content-type': 'text/html' }).end(BAD_GATEWAY)
    return
  }
  const broken = fault('invalidJson')
  const huge = fault('huge')
  const text = broken ? asPrinted(answer, broken.variant ?? 'trailingComma') : JSON.stringify(answer)
  const body = huge ? `${text.slice(0, -1)},"Padding":"${'x'.repeat(HUGE)}"}` : text
  const bytes = huge?.gzip ? gzipSync(body) : Buffer.from(body)
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    ...(huge?.gzip ? { 'content-encoding': 'gzip' } : {}),
  })
  const drip = fault('drip')
  if (drip) sendByteByByte(response, bytes, drip.ms ?? 1_000)
  else if (fault('truncate')) response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy())
  else response.end(bytes)
}

/** Sends one byte at a time: the connection stays alive, but a client should give up before the end. */
function sendByteByByte(response: ServerResponse, bytes: Buffer, ms: number): void {
  let sent = 0
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, ++sent))
    if (sent < bytes.length) return
    clearInterval(timer)
    response.end()
  }, ms)
  response.on('close', () => clearInterval(timer))
}

/** Serializes to invalid JSON, in the two ways Tencent's documents print samples (pages 71895 and 71898). */
function asPrinted(answer: JsonObject, variant: 'trailingComma' | 'anonymousObject'): string {
  if (variant === 'trailingComma') return JSON.stringify(answer).replace(/(\]\}\]\}|\]?\})$/, ',$1')
  const { ActionStatus, ErrorCode, ErrorInfo, ...rest } = answer
  return `${JSON.stringify({ ActionStatus, ErrorCode, ErrorInfo }).slice(0, -1)},${JSON.stringify(rest)}}`
}
