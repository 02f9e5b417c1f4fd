// @ts-check
import { isApi, isHealth } from './target.mjs'
import { TEXTS } from './upgrade-failed-texts.mjs'

/** Exit code of a server that is stopped after a failed upgrade (sysexits: a defect of the program). */
export const EX_UPGRADE = 70
const SENTENCE = 'The upgrade of the database failed. The log of the server says why and what to do.'
const RETRY_S = '60'

/**
 * Returns whether the application did not start because a migration failed. The framework may wrap the error.
 * @param {unknown} error
 */
export function isUpgradeFailure(error) {
  return error instanceof Error && error.name === 'UpgradeFailure'
}

/**
 * Answers /healthz without the application, as long as there is none. Returns false for every other request.
 * @param {import('node:http').IncomingMessage} req
 * @param {import('node:http').ServerResponse} res
 */
export function answeredHealth(req, res) {
  if (pathOf(req) !== '/healthz') return false
  reply(res, 200, 'application/json', JSON.stringify({ ok: true }))
  return true
}

/**
 * Answers every request after a failed upgrade: /healthz stays 200, so that nothing restarts the process and migrates
 * again and again; /readyz and everything else are 503. Shows no detail, because nobody is signed in.
 * @param {import('node:http').IncomingMessage} req
 * @param {import('node:http').ServerResponse} res
 */
export function upgradeFailed(req, res) {
  if (answeredHealth(req, res)) return
  const target = req.url ?? ''
  if (pathOf(req) === '/readyz') {
    const body = { ok: false, database: 'upgrade_failed', reasons: [SENTENCE] }
    return reply(res, 503, 'application/json', JSON.stringify(body))
  }
  if (isHealth(target)) return reply(res, 503, 'text/plain; charset=utf-8', `${SENTENCE}\n`)
  if (isApi(target)) {
    const problem = {
      type: 'about:blank',
      title: 'Upgrade failed',
      status: 503,
      detail: SENTENCE,
      code: 'unavailable',
    }
    return reply(res, 503, 'application/problem+json', JSON.stringify(problem))
  }
  reply(res, 503, 'text/html; charset=utf-8', page(languageOf(req), String(req.headers['x-nonce'] ?? '')))
}

/** @param {import('node:http').IncomingMessage} req */
const pathOf = (req) => (req.url ?? '').split('?', 1)[0]

/**
 * @param {import('node:http').ServerResponse} res
 * @param {number} status
 * @param {string} type
 * @param {string} body
 */
function reply(res, status, type, body) {
  const retry = status === 200 ? {} : { 'retry-after': RETRY_S }
  res.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...retry,
  })
  res.end(body)
}

/**
 * Takes the language that the browser names first and the page has; a cookie of the application is not read.
 * @param {import('node:http').IncomingMessage} req
 * @returns {keyof typeof TEXTS}
 */
function languageOf(req) {
  const named = (req.headers['accept-language'] ?? '').slice(0, 200).toLowerCase().split(',')
  for (const one of named) {
    const base = one.trim().slice(0, 2)
    if (base === 'zh') return 'zh-CN'
    if (base === 'ko' || base === 'en') return base
  }
  return 'en'
}

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,sans-serif;margin:0;display:grid;min-height:100vh;place-items:center}
main{max-width:40rem;padding:1.5rem}h1{font-size:1.5rem}h2{font-size:1rem}li{margin:.4rem 0}`

/**
 * @param {keyof typeof TEXTS} language
 * @param {string} nonce
 */
function page(language, nonce) {
  const { title, what, todo, steps, back } = TEXTS[language]
  const list = steps.map((step) => `<li>${step}</li>`).join('')
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · Pushlens</title>
<style nonce="${nonce}">${STYLE}</style></head><body><main><h1>${title}</h1><p>${what}</p>
<h2>${todo}</h2><ol>${list}</ol><p>${back}</p></main></body></html>
`
}
