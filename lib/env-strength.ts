/** Words that people put into a secret that they mean to change later. */
const WORDS =
  /secret|password|changeme|change|token|metrics|prometheus|pushlens|example|admin|bearer|default|qwerty|test/gi
const LEAST_JUMPS = 8
const LEAST_DISTINCT = 6

/**
 * Returns whether a secret can be guessed: few different characters, a row such as 0123456789, or known words. A random
 * secret of 16 hexadecimal digits passes.
 */
export function isGuessable(secret: string): boolean {
  const rest = secret.replace(WORDS, '')
  // A sign that repeats its neighbour, or continues a row, adds nothing.
  const jumps = [...rest].filter((sign, i) => Math.abs(code(sign) - code(rest[i - 1])) > 1)
  return jumps.length < LEAST_JUMPS || new Set(jumps).size < LEAST_DISTINCT
}

function code(sign: string | undefined): number {
  return sign?.codePointAt(0) ?? -1
}
