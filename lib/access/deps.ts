import 'server-only'
import type { KeyObject } from 'node:crypto'
import type { Clock } from '@/lib/contract/clock'
import type { AuditLog } from '@/lib/store/people/audit'
import type { InvitationStore } from '@/lib/store/people/invitations'
import type { OidcAccountStore } from '@/lib/store/people/oidc-accounts'
import type { PeopleStore } from '@/lib/store/people/people'
import type { SecondFactorStore } from '@/lib/store/people/second-factors'
import type { SessionStore } from '@/lib/store/people/sessions'
import type { ShareStore } from '@/lib/store/people/shares'
import type { FailureStore } from '@/lib/store/people/sign-in-failures'
import type { TokenStore } from '@/lib/store/people/tokens'
import type { Withdrawals } from '@/lib/store/people/withdrawals'
import type { Keys } from './keys/master-key'
import type { Passwords } from './sign-in/password'

export interface Settings {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
  /** Returns true if the value was written. Of two concurrent calls, one returns true. */
  setIfAbsent(key: string, value: string): Promise<boolean>
}

/** The dependencies of this room. Each function names those it needs. */
export interface AccessDeps {
  master: KeyObject | Keys
  people: PeopleStore
  withdrawals: Withdrawals
  invitations: InvitationStore
  oidcAccounts: OidcAccountStore
  secondFactors: SecondFactorStore
  sessions: SessionStore
  shares: ShareStore
  tokens: TokenStore
  failures: FailureStore
  settings: Settings
  passwords: Passwords
  audit: Pick<AuditLog, 'append' | 'failedSignIns'>
  /** The apps that a role can be given on. */
  apps: { list(): Promise<{ id: string }[]> }
  clock: Pick<Clock, 'wallMs'>
}

/** Returns real time in whole epoch seconds. */
export function wallS(clock: Pick<Clock, 'wallMs'>): number {
  return Math.floor(clock.wallMs() / 1_000)
}
