import 'server-only'

/** Words that an attacker of a Pushlens server tries first, and the best-known example passphrase. */
const OUR_WORDS = ['pushlens', 'timpush', 'tencent', 'correcthorsebatterystaple']
/** The time grows with the square of the length, and the first 64 characters are enough for an estimate. */
const MAX_ESTIMATED_LENGTH = 64
/** The least number of guesses, as powers of ten: zxcvbn's best score, and more than two known words reach. */
const MIN_LOG10 = 10
const MIN_LOG10_WITHOUT_SEPARATORS = 8.5
const SEPARATORS = /[\s._-]+/g

/** `words` are words of the person, such as the parts of the e-mail address. */
export type IsGuessable = (password: string, words: string[]) => boolean

/**
 * Loads zxcvbn and its dictionary of common passwords. Nothing is kept here, so that the ranked dictionary is freed when
 * the caller drops the function: passwords are set rarely, and an idle server should be small.
 */
export async function loadIsGuessable(): Promise<IsGuessable> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: MAX_ESTIMATED_LENGTH })

  return (password, words) => {
    const known = [...OUR_WORDS, ...words]
    const log10 = (text: string) => zxcvbn.check(text, known).guessesLog10
    return log10(password) < MIN_LOG10 || log10(password.replace(SEPARATORS, '')) < MIN_LOG10_WITHOUT_SEPARATORS
  }
}
