/** Why single sign-on failed, as the sign-in page names it. The texts are in the file `oidc.json` of each language. */
export const OIDC_PROBLEMS = [
  'unreachable',
  'refused',
  'invalid',
  'no_role',
  'no_email',
  'not_linked',
  'disabled',
  'failed',
] as const
export type OidcProblem = (typeof OIDC_PROBLEMS)[number]

/** Returns the problem that an address names; null for anything else. */
export function oidcProblem(given: unknown): OidcProblem | null {
  return OIDC_PROBLEMS.find((known) => known === given) ?? null
}
