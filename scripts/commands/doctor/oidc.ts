import { discoveryAddress } from '@/lib/access/oidc/provider'
import type { Env } from '@/lib/env'

const TIMEOUT_MS = 5_000

/** Reads the provider's discovery document, as each sign-in does. Returns no line where single sign-on is off. */
export async function signInProvider({ oidc }: Pick<Env, 'oidc'>): Promise<string[]> {
  if (!oidc) return []
  const address = discoveryAddress(oidc.issuer)
  const { host } = new URL(address)
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const answer = await fetch(address, { signal, redirect: 'manual' }).catch(() => null)
  if (!answer)
    return [
      `bad  the sign-in provider ${host} is not reachable from this machine: check OIDC_ISSUER, DNS and the firewall`,
    ]
  const document: unknown = answer.ok ? await answer.json().catch(() => null) : null
  const named = typeof document === 'object' && document !== null && 'issuer' in document ? document.issuer : null
  if (typeof named !== 'string') return [`bad  ${address} is no discovery document (status ${answer.status})`]
  if (named !== oidc.issuer) return [`bad  the sign-in provider calls itself ${named}: set OIDC_ISSUER to exactly that`]
  return [`ok   the sign-in provider ${host} describes itself`]
}
