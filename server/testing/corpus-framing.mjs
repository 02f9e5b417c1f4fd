// @ts-check
import { EVIL, passes, rawRequest, refused } from './corpus-parts.mjs'

/**
 * @typedef {import('./corpus-parts.mjs').Base} Base
 * @typedef {import('./corpus-parts.mjs').Replay} Replay
 */

/** Returns requests about message framing: upgrades, request smuggling, sizes and malformed bytes. */
export function framing(/** @type {Base} */ { host, origin }) {
  return [...switching(host, origin), ...smuggling(host, origin), ...sizes(host, origin), ...noise(host)]
}

/** @param {string} host @param {string} origin @returns {Replay[]} */
function switching(host, origin) {
  const get = (/** @type {string} */ target, /** @type {string[]} */ ...headers) =>
    rawRequest(`GET ${target}`, [
      `Host: ${host}`,
      `Origin: ${origin}`,
      'Connection: Upgrade, HTTP2-Settings',
      ...headers,
    ])
  const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='
  return [
    refused('websocket', get('/', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', key), 400, 0),
    refused('websocket on the reload path', get('/_next/hmr', 'Upgrade: websocket', key), 400, 0),
    refused('h2c', get('/', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'), 400, 0),
    refused('HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 505, 0),
    refused('HTTP/9.9', rawRequest('GET /', [`Host: ${host}`], '', '9.9'), 400, 505, 0),
  ]
}

/** @param {string} host @param {string} origin @returns {Replay[]} */
function smuggling(host, origin) {
  const inner = `GET /smuggled HTTP/1.1\r\nHost: ${host}\r\n\r\n`
  const post = (/** @type {string} */ body, /** @type {string[]} */ ...headers) =>
    rawRequest('POST /api/v1/apps', [`Host: ${host}`, `Origin: ${origin}`, ...headers], body)
  const chunked = 'Transfer-Encoding: chunked'
  const behind = `0\r\n\r\n${inner}`
  const chunk = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`
  return [
    refused('chunked', post('1\r\nx\r\n0\r\n\r\n', chunked), 411),
    refused('chunked on GET', post('0\r\n\r\n', chunked).replace('POST /api/v1/apps', 'GET /'), 411),
    refused('an unknown encoding', post('x', 'Transfer-Encoding: x'), 400, 411, 501),
    refused('CL.TE', post(behind, 'Content-Length: 6', chunked), 400, 411, 0),
    refused('TE.CL', post(chunk, chunked, 'Content-Length: 4'), 400, 411, 0),
    refused('TE.TE', post(behind, chunked, 'Transfer-Encoding: identity'), 400, 411, 0),
    refused('TE with a space before the colon', post(behind, 'Transfer-Encoding : chunked'), 400, 0),
    refused('two lengths', post(inner, 'Content-Length: 0', `Content-Length: ${inner.length}`), 400, 0),
    refused('a length with a sign', post(inner, 'Content-Length: +0'), 400, 0),
    refused('a negative length', post('', 'Content-Length: -1'), 400, 0),
    refused('a request after a refused one', post(behind, chunked).replace('Connection: close\r\n', ''), 411),
    refused(
      'a request after a body on GET',
      `${rawRequest('GET /', [`Host: ${host}`, 'Content-Length: 3'], 'a=1')}${inner}`,
      400,
    ),
  ]
}

/** @param {string} host @param {string} origin @returns {Replay[]} */
function sizes(host, origin) {
  const post = (/** @type {number} */ length) =>
    rawRequest('POST /api/v1/apps', [`Host: ${host}`, `Origin: ${origin}`, `Content-Length: ${length}`])
  const many = Array.from({ length: 3_000 }, (_, i) => `X-${i}: 1`)
  return [
    refused('a body over 64 KiB', post(65_537), 413),
    refused('an announced body of 9 GB', post(9_999_999_999), 413),
    refused('huge headers', rawRequest('GET /', [`Host: ${host}`, `X-Big: ${'a'.repeat(20_000)}`]), 431, 0),
    refused('too many headers', rawRequest('GET /', [`Host: ${host}`, ...many]), 400, 431, 0),
  ]
}

/** @param {string} host @returns {Replay[]} */
function noise(host) {
  return [
    refused('a folded header', rawRequest('GET /', [`Host: ${host}`, 'X-Fold: a\r\n b']), 400, 0),
    refused('bare line feeds', `GET / HTTP/1.1\nHost: ${host}\n\n`, 400, 0),
    refused('a null byte in a header', rawRequest('GET /', [`Host: ${host}`, 'X-A: a\0b']), 400, 0),
    refused('not HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 0),
  ]
}

/** Headers of the framework, proxies or the door. The door drops them from outside requests and forwards the rest. */
const OURS = [
  ...['Subrequest', 'Rewrite', 'Next', 'Prefetch', 'Set-Cookie', 'Override-Headers'].map((n) => `X-Middleware-${n}`),
  ...['Host', 'Proto', 'Port', 'For', 'Prefix'].map((name) => `X-Forwarded-${name}`),
  'X-Nextjs-Data',
  'X-Nextjs-Rewrite',
  'X-Next-Resume-State-Length',
  'Next-Resume',
  'X-Action-Forwarded',
  'X-Invoke-Path',
  'X-Invoke-Status',
  'X-Invocation-Id',
  'X-Matched-Path',
  'X-Now-Route-Matches',
  'X-Vercel-Id',
  'X-Prerender-Revalidate',
  'Forwarded',
  'X-Real-IP',
  'X-Pushlens-Address',
  'X-Pushlens-Start',
  'X-Nonce',
  'Content-Security-Policy',
  'Content-Security-Policy-Report-Only',
]

/** @param {Base} base @returns {Replay[]} */
export function injected({ host }) {
  const hidden = 'evil-value'
  return OURS.map((name) => {
    const twice = [`${name}: ${hidden}`, `${name.toLowerCase()}: ${hidden}`]
    return passes(`${name} from outside`, rawRequest('GET /', [`Host: ${host}`, ...twice]), hidden)
  })
}

/** State trees that the framework answers with 500. */
const BROKEN_TREES = ['{', '%', '[]', 'null', '%5B%22%22%2C1%5D', '[1,{}]', '["",{},null,"x"]', '["",{"a":["",1]}]']
const INTERNAL = ['/_global-error', '/_global-error/', '/%5Fglobal-error', '/_error', '/_not-found', '/_document']

/** @param {Base} base @returns {Replay[]} */
export function navigation({ host }) {
  const get = (/** @type {string} */ target, /** @type {string[]} */ ...headers) =>
    rawRequest(`GET ${target}`, [`Host: ${host}`, ...headers])
  const tree = encodeURIComponent('["",{"children":["__PAGE__",{}]}]')
  return [
    ...BROKEN_TREES.flatMap((broken) =>
      ['/', '/losses?_rsc=1a2b3'].map((target) =>
        refused(`state tree ${broken} on ${target}`, get(target, 'RSC: 1', `Next-Router-State-Tree: ${broken}`), 400),
      ),
    ),
    refused(
      'two state trees',
      get('/', 'RSC: 1', `Next-Router-State-Tree: ${tree}`, `Next-Router-State-Tree: ${tree}`),
      400,
    ),
    refused('an unknown RSC header', get('/', 'RSC: 2'), 400),
    refused('a foreign Next-Url', get('/', 'RSC: 1', `Next-Url: http://${EVIL}/`), 400),
    refused('a relative segment', get('/', 'RSC: 1', 'Next-Router-Segment-Prefetch: ../x'), 400),
    ...INTERNAL.map((target) => refused(`the framework's ${target}`, get(target), 404)),
    passes('client-side navigation', get('/losses?_rsc=1a2b3', 'RSC: 1', `Next-Router-State-Tree: ${tree}`)),
    passes('a prefetch', get('/losses', 'RSC: 1', 'Next-Router-Prefetch: 1', 'Next-Router-Segment-Prefetch: /_tree')),
  ]
}
