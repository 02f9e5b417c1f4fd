import { appendFileSync } from 'node:fs'

/** `npm run proof` sets PROOF: the same tests then run in full, and write their figures into a file it names. */
const { PROOF, PROOF_FIGURES } = process.env
const full = PROOF === '1'

/** How much of a heavy test is run: `small` in `npm test`, `large` in `npm run proof`. */
export function dose<T>(small: T, large: T): T {
  return full ? large : small
}

/** A figure of the proof, in a sentence; without a proof it goes nowhere. */
export function figure(name: string, text: string): void {
  if (PROOF_FIGURES) appendFileSync(PROOF_FIGURES, `${JSON.stringify({ name, text })}\n`)
}
