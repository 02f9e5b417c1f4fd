// @ts-check

/**
 * A raw request and its expected outcome. `refused` lists the allowed statuses; 0 is a closed connection. Null means
 * that the request reaches the application, which must not see `hidden` anywhere.
 * @typedef {{ name: string, raw: string | Buffer, refused: number[] | null, hidden: string | null }} Replay
 * @typedef {{ host: string, origin: string }} Base the Host and the Origin of PUBLIC_URL
 */

export const EVIL = 'evil.example'

/**
 * @param {string} name
 * @param {string | Buffer} raw
 * @param {number[]} statuses
 * @returns {Replay}
 */
export const refused = (name, raw, ...statuses) => ({ name, raw, refused: statuses, hidden: null })

/**
 * @param {string} name
 * @param {string} raw
 * @param {string | null} [hidden]
 * @returns {Replay}
 */
export const passes = (name, raw, hidden = null) => ({ name, raw, refused: null, hidden })

/**
 * @param {string} line method and target
 * @param {string[]} headers
 * @param {string} [body]
 * @param {string} [version]
 */
export function rawRequest(line, headers, body = '', version = '1.1') {
  return `${[`${line} HTTP/${version}`, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`
}
