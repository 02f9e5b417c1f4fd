// @ts-check
import { randomBytes } from 'node:crypto'

/** @returns {string} a new nonce of 128 bits, for one answer */
export function newNonce() {
  return randomBytes(16).toString('base64')
}

/**
 * Returns the policy of pages. Server-rendered bars set their width in a style attribute, hence style-src-attr.
 * The framework's development mode needs eval, inline styles and a reload socket.
 * @param {string} nonce
 * @param {{ development?: boolean }} [options]
 */
export function contentPolicy(nonce, { development = false } = {}) {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The policy of a refusal, which loads nothing. */
export const EMPTY_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * Returns the headers of every answer, except the content policy. Includes HSTS only if PUBLIC_URL is https.
 * @param {URL} publicUrl
 * @returns {Record<string, string>}
 */
export function safetyHeaders(publicUrl) {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Not no-referrer: our own forms would then send `Origin: null`.
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(publicUrl.protocol === 'https:' ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}
