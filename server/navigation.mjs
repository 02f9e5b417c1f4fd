// @ts-check

/**
 * What the framework's browser code sends while it navigates. The framework answers 500 to values that it cannot read,
 * so the gate checks them first.
 * @typedef {Record<string, string | string[] | undefined>} Headers
 */

/** Longest state tree in characters. The framework refuses longer ones with an error. */
const MAX_TREE = 40_000
const PARAMETER_KINDS = ['c', 'ci(..)(..)', 'ci(.)', 'ci(..)', 'ci(...)', 'oc', 'd']
const KINDS = new Set([...PARAMETER_KINDS, 'di(..)(..)', 'di(.)', 'di(..)', 'di(...)'])
const MARKERS = new Set(['refetch', 'inside-shared-layout', 'metadata-only'])

/** @type {Record<string, (value: string) => boolean>} */
const READABLE = {
  rsc: (value) => value === '1',
  'next-router-prefetch': (value) => /^[123]$/.test(value),
  'next-router-segment-prefetch': isPath,
  'next-url': isPath,
  'next-router-state-tree': isStateTree,
}

/**
 * Returns the name of the first navigation header that the framework could not read, or null.
 * @param {Headers} headers
 */
export function unreadableHeader(headers) {
  return Object.keys(READABLE).find((name) => headers[name] !== undefined && !isReadable(name, headers[name])) ?? null
}

/**
 * @param {string} name
 * @param {string | string[] | undefined} value
 */
function isReadable(name, value) {
  return typeof value === 'string' && READABLE[name]?.(value) === true
}

/** @param {string} value */
function isPath(value) {
  return value.length <= 4_096 && /^\/[\x21-\x7e]*$/.test(value)
}

/** @param {string} value percent-encoded JSON */
function isStateTree(value) {
  if (value.length > MAX_TREE) return false
  try {
    return isTree(JSON.parse(decodeURIComponent(value)))
  } catch {
    return false
  }
}

/**
 * Returns whether a value is a segment with its children, as the framework describes them.
 * @param {unknown} value
 * @returns {boolean}
 */
function isTree(value) {
  if (!Array.isArray(value) || value.length < 2 || value.length > 6) return false
  const [segment, children, url, marker, hints, extra] = value
  return (
    isSegment(segment) &&
    isPlainObject(children) &&
    Object.values(children).every(isTree) &&
    (url == null || isPair(url)) &&
    (marker == null || MARKERS.has(marker)) &&
    (hints == null || typeof hints === 'number') &&
    (extra === undefined || typeof extra === 'string')
  )
}

/** @param {unknown} value */
function isSegment(value) {
  if (typeof value === 'string') return true
  if (!Array.isArray(value) || value.length !== 4) return false
  const [name, key, kind, siblings] = value
  return (
    typeof name === 'string' && typeof key === 'string' && KINDS.has(kind) && (siblings === null || isTexts(siblings))
  )
}

/** @param {unknown} value */
function isPair(value) {
  return isTexts(value) && value.length === 2
}

/**
 * @param {unknown} value
 * @returns {value is string[]}
 */
function isTexts(value) {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isPlainObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
