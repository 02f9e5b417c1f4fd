import 'server-only'
import type { AuthOptions } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { type Claims, emailOf, grantsOfClaims } from './claims'
import type { OidcSettings } from './settings'

/** The part of our addresses that names the provider: `/api/auth/callback/oidc`. */
export const OIDC_ID = 'oidc'
const TIMEOUT_MS = 8_000

/**
 * Describes the provider to next-auth. `verified` receives the claims once, after state, nonce, PKCE, issuer, audience,
 * expiry and signature were checked.
 */
export function oidcProvider(
  settings: OidcSettings,
  verified: (claims: Claims) => void,
): AuthOptions['providers'][number] {
  let claims: Claims = {}
  const provider: OAuthConfig<Claims> = {
    id: OIDC_ID,
    name: OIDC_ID,
    type: 'oauth',
    wellKnown: discoveryAddress(settings.issuer),
    clientId: settings.clientId,
    get clientSecret() {
      return settings.clientSecret.reveal()
    },
    authorization: { params: { scope: settings.scopes } },
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    httpOptions: { timeout: TIMEOUT_MS },
    token: {
      async request({ client, provider: { callbackUrl }, params, checks }) {
        // Discovery itself does not compare the name in the document with the configured one.
        if (client.issuer.metadata.issuer !== settings.issuer)
          throw new Error('another issuer in the discovery document')
        const { code, state, iss } = params
        const answer = { code, state, ...(iss === undefined ? {} : { iss }) }
        const tokens = await client.callback(callbackUrl, answer, { ...checks, response_type: 'code' })
        claims = { ...tokens.claims() }
        // Some providers put roles and e-mail into userinfo alone. What the ID token says is signed, so it wins.
        if (isIncomplete(settings, claims) && client.issuer.metadata.userinfo_endpoint) {
          claims = { ...(await client.userinfo(tokens)), ...claims }
        }
        verified(claims)
        return { tokens }
      },
    },
    profile: ({ sub }) => ({ id: String(sub) }),
  }
  return provider
}

/** Returns where a provider describes itself. */
export function discoveryAddress(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

function isIncomplete(settings: OidcSettings, claims: Claims): boolean {
  return emailOf(settings, claims) === null || grantsOfClaims(settings, claims).length === 0
}
