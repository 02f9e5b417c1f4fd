// @ts-check

/**
 * The pages of shared links, which strangers open. They read no cookie, are in no index, and say where they may be framed.
 */

const LANGUAGE = /[?&]lang=([A-Za-z-]{2,10})(?:&|$)/
/** What may stand in frame-ancestors: an origin, or our own pages for a preview. Anything else could end the directive. */
const SOURCE = /^('self'|https?:\/\/[a-z0-9.\-[\]:]+)$/

/**
 * Returns the public ID in the target of a shared page, and the language that its address asks for; null for other targets.
 * The target has passed the gate.
 * @param {string} target
 * @returns {{ id: string, language: string | null } | null}
 */
export function sharedPage(target) {
  const [path = ''] = target.split('?', 1)
  const [, first, id = ''] = decodeURIComponent(path).split('/')
  return first === 'share' && id !== '' ? { id, language: LANGUAGE.exec(target)?.[1] ?? null } : null
}

/**
 * Returns the headers for the application. A shared page keeps no cookie, so its language is chosen by its address.
 * @param {{ language: string | null }} page
 * @returns {{ drop: string[], set: Record<string, string> }}
 */
export function sharedRequest({ language }) {
  return { drop: ['cookie'], set: language === null ? {} : { 'accept-language': language } }
}

/**
 * Returns the headers of the answer that differ from those of other pages; null removes one. X-Frame-Options cannot name
 * an origin, so it is left out where a frame is allowed.
 * @param {string} policy the content policy of pages, which allows no frame
 * @param {readonly string[]} ancestors who may show the page in a frame
 * @returns {Record<string, string | null>}
 */
export function sharedAnswer(policy, ancestors) {
  const allowed = ancestors.filter((one) => SOURCE.test(one))
  return {
    'content-security-policy':
      allowed.length > 0 ? policy.replace("frame-ancestors 'none'", `frame-ancestors ${allowed.join(' ')}`) : policy,
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'cache-control': 'no-store',
    ...(allowed.length > 0 ? { 'x-frame-options': null } : {}),
  }
}
