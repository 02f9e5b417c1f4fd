import 'server-only'
import type { Secret } from '@/lib/access/keys/secret'
import type { Role } from '@/lib/contract/roles'

/** The sign-in provider, from the environment. */
export interface OidcSettings {
  /** Exactly as the provider names itself, with or without its trailing slash. */
  issuer: string
  clientId: string
  clientSecret: Secret
  /** Names of claims. A name with dots is also the path of a claim inside another. */
  roleClaims: string[]
  /** For each app the first entry that matches counts. */
  roleMap: { value: string; role: Role; app: string }[]
  /** The claim with the e-mail address by which Pushlens knows a person. */
  emailClaim: string
  /** What the button says; null for a general text. */
  name: string | null
  /** Separated by spaces. */
  scopes: string
  /** Whether a verified e-mail address links an account to the person who has this address. */
  linkByEmail: boolean
}
