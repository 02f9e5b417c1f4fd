// @ts-check
import { EVIL, passes, rawRequest, refused } from './corpus-parts.mjs'

/**
 * @typedef {import('./corpus-parts.mjs').Base} Base
 * @typedef {import('./corpus-parts.mjs').Replay} Replay
 */

const MALFORMED = {
  'absolute form': `http://${EVIL}/`,
  'authority form on GET': `${EVIL}:443`,
  'asterisk form on GET': '*',
  'two slashes': `//${EVIL}`,
  'three slashes': `///${EVIL}`,
  'slash and backslash': `/\\${EVIL}`,
  'encoded backslash': `/%5c${EVIL}`,
  'encoded slash': `/%2f${EVIL}`,
  'encoded traversal': '/%2e%2e/%2e%2e/etc/passwd',
  'half-encoded traversal': '/.%2e/.env',
  'traversal by encoded slashes': '/_next/static/..%2f..%2f..%2fpackage.json',
  'plain traversal': '/_next/static/../../package.json',
  'encoded null byte': '/%00',
  'null byte in the query': '/?q=%00',
  'encoded line break': '/%0d%0aX-Evil:%201',
  'broken escape': '/%zz',
  fragment: '/#x',
  'raw UTF-8': '/é',
  'a space': '/a b',
}

/** @param {Base} base @returns {Replay[]} */
export function targets({ host, origin }) {
  const get = (/** @type {string} */ target) => rawRequest(`GET ${target}`, [`Host: ${host}`])
  return [
    ...Object.entries(MALFORMED).map(([name, target]) => refused(name, get(target), 400)),
    refused('absolute form with our own name', get(`${origin}/`), 400),
    refused('raw null byte', get('/\0'), 400),
    refused('long address', get(`/${'a'.repeat(5_000)}`), 414),
    refused('long query', get(`/?q=${'a'.repeat(5_000)}`), 414),
    refused('address above every header limit', get(`/${'a'.repeat(40_000)}`), 414, 431, 0),
    passes('a page', get('/?x=1')),
    passes('an address in the query', get('/?to=http://a.example//b')),
  ]
}

/** @param {Base} base @returns {Replay[]} */
export function hosts({ host }) {
  const ours = `Host: ${host}`
  const foreign = `Host: ${EVIL}`
  return [
    refused('foreign Host', rawRequest('GET /', [foreign]), 421),
    refused('foreign Host on the API', rawRequest('GET /api/v1/apps', [foreign]), 421),
    refused('our name at another port', rawRequest('GET /', [`Host: ${host.replace(/:\d+$/, '')}:1`]), 421),
    refused('Host with user info', rawRequest('GET /', [`Host: ${host}@${EVIL}`]), 421),
    refused('Host with a trailing dot', rawRequest('GET /', [`${ours}.`]), 421),
    refused('empty Host', rawRequest('GET /', ['Host: ']), 400, 421),
    refused('no Host', rawRequest('GET /', []), 400, 421),
    refused('no Host with HTTP/1.0', rawRequest('GET /', [], '', '1.0'), 400, 421),
    refused('two Hosts, ours first', rawRequest('GET /', [ours, foreign]), 400, 421),
    refused('two Hosts, ours last', rawRequest('GET /', [foreign, ours]), 400, 421),
    refused('our Host twice', rawRequest('GET /', [ours, ours]), 400, 421),
    refused('two Hosts on a probe', rawRequest('GET /healthz', [ours, foreign]), 400, 421),
    passes('a probe under another Host', rawRequest('GET /healthz', [foreign]), EVIL),
    passes('our Host in capitals', rawRequest('GET /', [ours.toUpperCase()])),
    passes('our Host with HTTP/1.0', rawRequest('GET /', [ours], '', '1.0')),
  ]
}

/** @param {Base} base @returns {Replay[]} */
export function methods({ host, origin }) {
  const head = [`Host: ${host}`, `Origin: ${origin}`, 'Content-Length: 0']
  const action = [...head, `Next-Action: ${'a'.repeat(40)}`]
  const form = [...head.slice(0, 2), 'Content-Type: multipart/form-data; boundary=b', 'Content-Length: 5']
  const onPages = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', 'QUERY']
  const onApi = ['OPTIONS', 'TRACE', 'PROPFIND']
  return [
    ...onPages.map((method) => refused(`${method} on a page`, rawRequest(`${method} /`, head), 400, 405)),
    ...onApi.map((method) => refused(`${method} on the API`, rawRequest(`${method} /api/v1/apps`, head), 405)),
    refused('OPTIONS *', rawRequest('OPTIONS *', head), 400, 405),
    refused('CONNECT', rawRequest(`CONNECT ${EVIL}:443`, [`Host: ${EVIL}:443`]), 400, 405, 0),
    refused('a lower-case method', rawRequest('get /', head), 400),
    refused('an unknown method', rawRequest('FOO /', head), 400, 405),
    refused('action post', rawRequest('POST /', action), 400, 405),
    refused('action post in a form', rawRequest('POST /', form, '--b--'), 405),
    refused('action post on a static file', rawRequest('POST /favicon.ico', action), 400, 405),
    refused('action header on the API', rawRequest('POST /api/v1/apps', action), 400),
    refused('action header on GET', rawRequest('GET /', action), 400),
    refused('the API in another spelling', rawRequest('POST /%61pi/v1/apps', head), 405),
    passes('a method override', rawRequest('GET /', [...head, 'X-HTTP-Method-Override: DELETE'])),
    passes('HEAD on a page', rawRequest('HEAD /', head.slice(0, 1))),
    passes('a change with our Origin', rawRequest('POST /api/v1/apps', head)),
  ]
}

/** @param {Base} base @returns {Replay[]} */
export function origins({ host, origin }) {
  const json = [`Host: ${host}`, 'Content-Length: 2', 'Content-Type: application/json']
  const change = (/** @type {string[]} */ ...headers) => rawRequest('POST /api/v1/apps', [...json, ...headers], '{}')
  const cookie = 'Cookie: pl=x'
  const ours = `Origin: ${origin}`
  const evil = `Origin: http://${EVIL}`
  const otherScheme = origin.startsWith('https') ? origin.replace('https', 'http') : origin.replace('http', 'https')
  const foreign = ['null', `http://${EVIL}`, `${origin}.${EVIL}`, `${origin}/`, otherScheme, '', 'file://']
  return [
    refused('a cookie without Origin', change(cookie), 403),
    ...foreign.map((value) => refused(`a cookie with Origin "${value}"`, change(cookie, `Origin: ${value}`), 403)),
    ...['PUT', 'PATCH', 'DELETE'].map((method) =>
      refused(`${method} with a cookie and no Origin`, change(cookie).replace('POST', method), 403),
    ),
    refused('a cookie with two Origins', change(cookie, ours, evil), 400, 403),
    refused('a foreign Origin without a cookie', change(evil), 403),
    refused(
      'a sign-in form from another site',
      change(cookie, evil).replace('/v1/apps', '/auth/callback/credentials'),
      403,
    ),
    passes('a cookie with our Origin', change(cookie, ours)),
    passes('a token and neither cookie nor Origin', change('Authorization: Bearer plk_x')),
  ]
}
