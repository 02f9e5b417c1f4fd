// @ts-check
import { framing, injected } from './corpus-framing.mjs'
import { hosts, methods, origins, targets } from './corpus-requests.mjs'

/**
 * Hostile requests, and harmless ones beside them so that refusing everything is no answer. Played against the door
 * alone and against the built application.
 * @param {import('./corpus-parts.mjs').Base} base
 * @returns {import('./corpus-parts.mjs').Replay[]}
 */
export function corpus(base) {
  return [targets, hosts, methods, framing, injected, origins].flatMap((part) => part(base))
}
