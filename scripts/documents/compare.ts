/** What differs from run to run. The page shows one example of each. */
const VARYING: RegExp[] = [
  /\bpushlens-\d{8}T\d{6}Z\b/g,
  /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
  /\b[0-9a-f]{64}\b/g,
  /\bplk_[\w-]{43}(?![\w-])/g,
  /(?<=#)[\w-]{43}(?![\w-])/g,
  /(?<=^|\n)[\w-]{20}(?=\n|$)/g,
  /(?<=replaced-)\d{13}/g,
  /(?<=Node )\d+\.\d+\.\d+/g,
  /\b\d+(?= % of the disk)/g,
  /(?<=\bat |\s)\d+\.\d+(?= s\b)/g,
]
/** Stands for any text within a line or, alone in a line, for any lines. */
const ANY = '…'

/**
 * Returns whether a command printed what the page shows. `pairs` gains what the page's examples stand for in this run, so
 * that a later command can name them.
 */
export function matches(expected: string, actual: string, pairs: Map<string, string>): boolean {
  for (const pattern of VARYING) {
    const seen = actual.match(pattern) ?? []
    for (const [i, example] of (expected.match(pattern) ?? []).entries()) {
      const value = seen[i]
      if (value !== undefined) pairs.set(example, value)
    }
  }
  return linesMatch(neutral(expected).split('\n'), neutral(actual).split('\n'))
}

/** Replaces the page's examples in a command by what they stand for in this run. */
export function withValues(command: string, pairs: Map<string, string>): string {
  return [...pairs].reduce((text, [example, value]) => text.replaceAll(example, value), command)
}

function neutral(text: string): string {
  return VARYING.reduce((rest, pattern) => rest.replace(pattern, '<varies>'), text.trimEnd())
}

function linesMatch([expected, ...others]: string[], actual: string[]): boolean {
  if (expected === undefined) return actual.length === 0
  if (expected === ANY) return actual.some((_, i) => linesMatch(others, actual.slice(i))) || others.length === 0
  const [line, ...rest] = actual
  return line !== undefined && lineMatches(expected, line) && linesMatch(others, rest)
}

/** Compares without patterns made from text: each part between two marks must follow the one before. */
function lineMatches(expected: string, line: string): boolean {
  const parts = expected.split(ANY)
  if (parts.length === 1) return expected.trimEnd() === line.trimEnd()
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  if (!line.startsWith(first) || !line.endsWith(last)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = line.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= line.length - last.length
}
