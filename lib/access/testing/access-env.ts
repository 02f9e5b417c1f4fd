import 'server-only'
import { createSecretKey, randomBytes } from 'node:crypto'
import type { AccessDeps } from '@/lib/access/deps'
import { createPasswords } from '@/lib/access/sign-in/password'
import type { Role } from '@/lib/contract/roles'
import type { Db } from '@/lib/store/engine/open'
import { settings } from '@/lib/store/engine/settings'
import { apps } from '@/lib/store/people/apps'
import { type AuditLog, audit } from '@/lib/store/people/audit'
import { invitations } from '@/lib/store/people/invitations'
import { oidcAccounts } from '@/lib/store/people/oidc-accounts'
import { people } from '@/lib/store/people/people'
import { secondFactors } from '@/lib/store/people/second-factors'
import { sessions } from '@/lib/store/people/sessions'
import { shares } from '@/lib/store/people/shares'
import { signInFailures } from '@/lib/store/people/sign-in-failures'
import { tokens } from '@/lib/store/people/tokens'
import { withdrawals } from '@/lib/store/people/withdrawals'

export const CAST = {
  admin: [{ app_id: '*', role: 'admin' }],
  pm: [{ app_id: 'shop', role: 'viewer' }],
  support: [{ app_id: 'shop', role: 'support' }],
  outsider: [{ app_id: 'game', role: 'admin' }],
} satisfies Record<string, { app_id: string; role: Role }[]>
export type Member = keyof typeof CAST

export interface AccessEnv {
  deps: AccessDeps
  db: Db
  audit: AuditLog
  /** Returns how many passwords reached argon2. */
  verified: () => number
  /** Advances the clock, in seconds. */
  advance(seconds: number): void
  add(member: Member, password?: string): Promise<string>
  /** The same dependencies, with passwords that are compared and not hashed, for tests of hundreds of attempts. */
  quick(password: string): AccessDeps
}

/** Returns this room's dependencies on a real database, with a clock that stands still. */
export function accessEnv(db: Db): AccessEnv {
  const passwords = createPasswords()
  let nowMs = Date.UTC(2026, 10, 20, 9)
  let verified = 0
  const log = audit(db)
  const deps: AccessDeps = {
    master: createSecretKey(randomBytes(32)),
    people: people(db),
    withdrawals: withdrawals(db),
    invitations: invitations(db),
    oidcAccounts: oidcAccounts(db),
    secondFactors: secondFactors(db),
    sessions: sessions(db),
    shares: shares(db),
    tokens: tokens(db),
    failures: signInFailures(db),
    settings: settings(db),
    passwords: {
      hash: passwords.hash,
      verify(password, hash, turn) {
        verified += 1
        return passwords.verify(password, hash, turn)
      },
    },
    audit: log,
    apps: apps(db),
    clock: { wallMs: () => nowMs },
  }
  return {
    deps,
    db,
    audit: log,
    verified: () => verified,
    quick: (known) => ({
      ...deps,
      passwords: {
        ...passwords,
        async verify(password, hash) {
          verified += 1
          return password === known && hash !== null
        },
      },
    }),
    advance: (seconds) => {
      nowMs += seconds * 1_000
    },
    async add(member, password) {
      const password_hash = password ? await passwords.hash(password) : null
      const person = { id: `id-${member}`, email: `${member}@example.com`, name: member, password_hash }
      const row = { ...person, totp_sealed: null, disabled_at: null, created_at: 1 }
      await deps.people.create({ person: row, grants: CAST[member] })
      return person.id
    },
  }
}

/** Returns the code of the error that a promise rejects with, or null if it resolves. */
export async function codeOf(work: Promise<unknown> | (() => unknown)): Promise<string | null> {
  try {
    await (typeof work === 'function' ? work() : work)
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `unexpected: ${error}`
  }
}
