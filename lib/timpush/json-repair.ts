import 'server-only'

const SPLICED = 'spliced'
const STRUCTURE = '{}[],:'
const SPACE = ' \t\r\n'

/**
 * Repairs the errors that Tencent's own documentation prints, token by token and never inside a string: a comma before a
 * closing bracket (page 71895), an object without a name, whose members move to the enclosing object (71898), and a
 * missing comma before a key (35477). Also quotes a number that `JSON.parse` would turn into 0. The result may still
 * not be JSON.
 */
export function repairJson(text: string): string {
  const kept: string[] = []
  const open: string[] = []
  let last = ''
  let keptTo = 0
  let commaAt = 0
  const replace = (start: number, end: number, by: string) => {
    kept.push(text.slice(keptTo, start), by)
    keptTo = end
  }
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = endOfToken(text, at)
    const first = text.charAt(at)
    const inObject = open.length > 0 && open.at(-1) !== '['
    if (SPACE.includes(first)) continue
    if (first === ',') {
      if (last !== 'value') return text
      commaAt = at
      last = ','
    } else if (first === '}' || first === ']') {
      if (last === ',' && commaAt < keptTo) return text
      if (last === ',') replace(commaAt, commaAt + 1, '')
      const opened = open.pop()
      if (opened === SPLICED && first === ']') return text
      if (opened === SPLICED) replace(at, end, '')
      last = 'value'
    } else if (first === '{' && inObject && last !== ':') {
      replace(at, end, '')
      open.push(SPLICED)
    } else {
      if (inObject && last === 'value' && first === '"') replace(at, at, ',')
      if (vanishes(text, at, end)) replace(at, end, `"${text.slice(at, end)}"`)
      if (first === '{' || first === '[') open.push(first)
      last = STRUCTURE.includes(first) ? first : 'value'
    }
  }
  return kept.join('') + text.slice(keptTo)
}

function endOfToken(text: string, start: number): number {
  const first = text.charAt(start)
  if (first === '"') return endOfString(text, start)
  if (STRUCTURE.includes(first)) return start + 1
  const space = SPACE.includes(first)
  let at = start + 1
  for (; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '"' || STRUCTURE.includes(char) || SPACE.includes(char) !== space) break
  }
  return at
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '\\') at++
    else if (char === '"') return at + 1
  }
  return text.length
}

/** Returns whether a token is a non-zero number that `JSON.parse` would turn into 0. */
function vanishes(text: string, start: number, end: number): boolean {
  const first = text.charAt(start)
  if (first !== '-' && (first < '0' || first > '9')) return false
  const token = text.slice(start, end)
  return Number(token) === 0 && /[1-9]/.test(token.split(/e/i, 1)[0] ?? '')
}
