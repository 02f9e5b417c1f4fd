import 'server-only'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { openFactor } from './factor-secret'
import { hashRecoveryCode } from './recovery-codes'
import { stepOfCode } from './totp'

const SIX_DIGITS = /^\d{6}$/

type Deps = Pick<AccessDeps, 'master' | 'secondFactors' | 'clock'>

/**
 * Accepts a code of the person's app, or a recovery code, once. Of concurrent calls with one code, in any number of
 * processes, one returns its kind. Returns null for any other code. The caller limits the attempts.
 */
export async function acceptCode(deps: Deps, personId: string, typed: string): Promise<'totp' | 'recovery' | null> {
  const code = typed.replace(/\s/g, '')
  if (!SIX_DIGITS.test(code)) {
    const hash = hashRecoveryCode(typed)
    const used = hash !== null && (await deps.secondFactors.takeRecoveryCode(personId, hash, wallS(deps.clock)))
    return used ? 'recovery' : null
  }
  const factor = await deps.secondFactors.get(personId)
  if (!factor?.sealed || !factor.dataKey) return null
  const secret = openFactor(deps, { id: personId, dataKey: factor.dataKey }, 'confirmed', factor.sealed)
  const step = stepOfCode(secret, code, deps.clock.wallMs())
  return step !== null && (await deps.secondFactors.takeStep(personId, step)) ? 'totp' : null
}
