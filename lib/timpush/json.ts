import 'server-only'
import { repairJson } from './json-repair'

const BYTE_ORDER_MARK = '\ufeff'
/** May contain a number so small that `JSON.parse` turns it into 0, which the answer did not say. */
const MAY_VANISH = /\d[eE]-\d|\.0{300}/

/** Parses the text of an answer and repairs it if needed. Null when it is not JSON. Linear in the length of the text. */
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
