/** What may stand before a pattern. After a word or a bracket, a slash divides. */
const BEFORE = new Set([...'(,=:[!&|?{;+>~^'])

/** Returns the regular expressions that a source text has as literals. Strings, templates and comments have none. */
export function regexLiterals(source: string): RegExp[] {
  const found: RegExp[] = []
  let [at, before] = [0, ';']
  while (at < source.length) {
    const sign = source.charAt(at)
    const end = endOf(source, at, before)
    if (sign === '/' && end > at && !isComment(source, at)) found.push(...patternOf(source.slice(at, end)))
    if (end > at) {
      if (!isComment(source, at)) before = 'x'
      at = end
    } else {
      if (sign.trim() !== '') before = source.slice(Math.max(0, at - 6), at + 1).endsWith('return') ? '(' : sign
      at++
    }
  }
  return found
}

function isComment(source: string, at: number): boolean {
  return source.startsWith('//', at) || source.startsWith('/*', at)
}

/** Returns where the comment, string or pattern ends that begins here; `at` where none does. */
function endOf(source: string, at: number, before: string): number {
  const sign = source.charAt(at)
  if (source.startsWith('//', at)) return after(source, '\n', at)
  if (source.startsWith('/*', at)) return after(source, '*/', at + 2)
  if (sign === "'" || sign === '"')
    return matched(source, at, sign === '"' ? /"(?:\\.|[^"\\\n])*"/y : /'(?:\\.|[^'\\\n])*'/y)
  if (sign === '/' && BEFORE.has(before))
    return matched(source, at, /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y)
  return at
}

function after(source: string, end: string, from: number): number {
  const found = source.indexOf(end, from)
  return found < 0 ? source.length : found + end.length
}

function matched(source: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at
  return pattern.exec(source) ? pattern.lastIndex : at
}

function patternOf(literal: string): RegExp[] {
  const [, body = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(literal) ?? []
  try {
    return [new RegExp(body, flags)]
  } catch {
    return []
  }
}
