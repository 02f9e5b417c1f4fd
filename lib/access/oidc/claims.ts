import 'server-only'
import type { Grant } from '@/lib/access/principal'
import { normalEmail } from '@/lib/access/sign-in/email'
import type { OidcSettings } from './settings'

/** The claims of a verified ID token, completed by those of the userinfo endpoint. */
export type Claims = Record<string, unknown>

const MAX_NAME_LENGTH = 80
/** The claim that `email_verified` speaks of. */
const STANDARD = { emailClaim: 'email' }

/** Returns the roles that the claims give: for each app that of the first matching entry of the map. */
export function grantsOfClaims({ roleClaims, roleMap }: OidcSettings, claims: Claims): Grant[] {
  const values = new Set(roleClaims.flatMap((name) => valuesOf(claims, name)))
  const matching = roleMap.filter(({ value }) => values.has(value))
  const apps = [...new Set(matching.map(({ app }) => app))]
  return apps.flatMap((app) => {
    const first = matching.find((rule) => rule.app === app)
    return first ? [{ app, role: first.role }] : []
  })
}

/** Returns the e-mail address in the form in which people's addresses are stored; null where it is absent or invalid. */
export function emailOf({ emailClaim }: Pick<OidcSettings, 'emailClaim'>, claims: Claims): string | null {
  const given = Object.hasOwn(claims, emailClaim) ? claims[emailClaim] : null
  return typeof given === 'string' ? normalEmail(given) : null
}

/** Returns true only if the provider says so of the claim `email`. Some providers write the flag as text. */
export function isEmailVerified({ email_verified: flag }: Claims): boolean {
  return flag === true || flag === 'true'
}

/** Returns the name to show for a new person. */
export function nameOf(claims: Claims, email: string): string {
  const given = [claims.name, claims.preferred_username].find((name) => typeof name === 'string' && name.trim() !== '')
  return String(given ?? email.split('@')[0])
    .trim()
    .slice(0, MAX_NAME_LENGTH)
}

/** Returns the texts of one claim. An unverified e-mail address gives none: people may be able to write it themselves. */
function valuesOf(claims: Claims, name: string): string[] {
  if (name === 'email') {
    const email = isEmailVerified(claims) ? emailOf(STANDARD, claims) : null
    return email === null ? [] : [email]
  }
  const found = Object.hasOwn(claims, name) ? claims[name] : atPath(claims, name.split('.'))
  return [found].flat().filter((value) => typeof value === 'string')
}

function atPath(claims: Claims, path: string[]): unknown {
  return path.reduce<unknown>((at, name) => {
    const inside = typeof at === 'object' && at !== null && Object.hasOwn(at, name)
    return inside ? Reflect.get(at, name) : undefined
  }, claims)
}
