import 'server-only'
import type { Generated } from 'kysely'

/** The tables of people, of how they sign in, and of API tokens. */
export interface PeopleTables {
  people: {
    id: string
    email: string
    name: string
    password_hash: string | null
    /** The secret of the authenticator app, sealed by the person's data key in `second_factors`; null where it is off. */
    totp_sealed: string | null
    disabled_at: number | null
    created_at: number
  }
  /** What stays of a removed person, so that the audit can say who it was. */
  removed_people: { id: string; name: string; removed_at: number }
  /** Links by which a person joins, or sets a new password if `person_id` is given. `grants` is a JSON list. */
  invitations: {
    id: string
    token_hash: string
    person_id: string | null
    email: string
    grants: string
    created_by: string
    created_at: number
    expires_at: number
  }
  /** `app_id` '*' grants the role on every app, including apps that are connected later. */
  grants: { person_id: string; app_id: string; role: string }
  /** A person's account at a sign-in provider. `subject` is the provider's own ID of the person. */
  oidc_accounts: { issuer: string; subject: string; person_id: string; created_at: number }
  sessions: {
    id_hash: string
    person_id: string
    created_at: number
    seen_at: number
    expires_at: number
    revoked_at: number | null
    address: string
    agent: string
    /** 1 where the person must set up a second factor before they may do anything else. */
    second_factor_due: Generated<number>
  }
  /** `pending_sealed` is a secret that was shown and not confirmed yet. `last_step` is the newest 30 s step accepted. */
  second_factors: {
    person_id: string
    data_key: string
    pending_sealed: string | null
    last_step: number
    confirmed_at: number | null
  }
  recovery_codes: { person_id: string; code_hash: string; used_at: number | null }
  /** Failed sign-ins per account or address. `subject` is a keyed hash, so no address is stored in clear text. */
  sign_in_failures: { subject: string; failures: number; last_at_ms: number; blocked_until_ms: number }
  tokens: {
    id: string
    name: string
    token_hash: string
    role: string
    /** A JSON list of app IDs; `["*"]` is every app, also apps that are connected later. */
    apps: string
    /** Who created it, as the audit names them. */
    created_by: string
    created_at: number
    expires_at: number | null
    revoked_at: number | null
    last_used_at: number | null
  }
}
