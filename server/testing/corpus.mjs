// @ts-check
import { framing, injected, navigation } from './corpus-framing.mjs'
import { hosts, methods, origins, targets } from './corpus-requests.mjs'

/**
 * Returns hostile requests, and harmless ones so that refusing everything also fails. The tests replay them against the
 * door alone and against the built application.
 * @param {import('./corpus-parts.mjs').Base} base
 * @returns {import('./corpus-parts.mjs').Replay[]}
 */
export function corpus(base) {
  return [targets, hosts, methods, framing, injected, navigation, origins].flatMap((part) => part(base))
}
