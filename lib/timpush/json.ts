import 'server-only'
import { repairJson } from './json-repair'

const BYTE_ORDER_MARK = '\ufeff'
/** Numbers so small that JSON.parse makes them 0: a zero that was not there. */
const MAY_VANISH = /\d[eE]-\d|\.0{300}/

/** The value of an answer's text, mended if need be; null when it is not JSON at all. Linear in the text's length. */
export function parseJson(raw: string): { value: unknown } | null {
  const text = raw.startsWith(BYTE_ORDER_MARK) ? raw.slice(1) : raw
  const strict = MAY_VANISH.test(text) ? null : attempt(text)
  return strict ?? attempt(repairJson(text))
}

function attempt(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}
