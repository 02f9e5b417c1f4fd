import 'server-only'
import { join } from 'node:path'
import type { AccessDeps } from './access/deps'
import type { KeySources } from './access/keys/key-check'
import { chainSigner } from './access/keys/key-ring'
import { fingerprint, keyedHash } from './access/keys/keyed-hash'
import { openKeys } from './access/keys/open-keys'
import { createKeyRotation, type KeyRotation } from './access/keys/rotate-key'
import { type AppKey, createAppKey, openWithAppKey, sealWithAppKey } from './access/keys/seal'
import { Secret } from './access/keys/secret'
import { createPasswords } from './access/sign-in/password'
import { type Backups, createBackups } from './backup/backups'
import { createClock, followDatabaseClock, type ProcessClock } from './context-clock'
import type { Clock } from './contract/clock'
import type { Env } from './env'
import { createLog, type Log } from './log'
import type { Vault } from './service/context'
import type { UpgradeSteps } from './store/engine/migrate'
import { openUpgraded } from './store/engine/open-upgraded'
import type { SealedKey } from './store/people/apps'
import { createStore, type Store } from './store/store'

export interface Base {
  clock: ProcessClock
  store: Store
  access: AccessDeps
  vault: Vault
  keyRotation: KeyRotation
  backups: Backups
  log: Log
}

/** Returns where the master key comes from. Its file is made at the first start; with PostgreSQL there is none. */
export function keySources({ masterKey, newMasterKey, dataFolder }: Env): KeySources {
  return { text: masterKey, next: newMasterKey, file: dataFolder === null ? null : join(dataFolder, 'master.key') }
}

/** Creates the backups that the environment describes. The command line uses them without opening the rest. */
export function backupsOf({ backup, database }: Env, clock: Pick<Clock, 'wallMs'>): Backups {
  return createBackups({ ...backup, file: database.kind === 'sqlite' ? database.path : null }, clock)
}

/** Tells the operator about a migration. What Pushlens copies is said with its name; PostgreSQL is the operator's part. */
function upgradeLog(log: Log): UpgradeSteps {
  return {
    copying: (next) => log.info({ next }, 'the database is from an older version: copying it before it is migrated'),
    copied: (copy) => log.info({ copy }, 'the copy from before the upgrade is checked and kept'),
    notCopied: () =>
      log.warn('migrating PostgreSQL in one transaction, without a copy: pg_dump before each upgrade is your part'),
  }
}

/**
 * Opens what both the server and the command line need: clock, database, keys and access. `alone`: this process holds the
 * lock of a SQLite file, so that it may put the old file back after a failed upgrade.
 */
export async function base(env: Env, { alone = false } = {}): Promise<Base> {
  const clock = createClock(env)
  const log = createLog(env.logLevel)
  const db = await openUpgraded(env.database, { alone, ...upgradeLog(log) })
  const store = createStore(db, clock, env.app?.demo ? String(env.app.sdkAppId) : null)
  await followDatabaseClock({ clock, log, databaseMs: store.databaseMs })
  const sources = keySources(env)
  const master = await openKeys(sources, store)
  store.audit.signWith(chainSigner(master))
  const {
    people,
    withdrawals,
    invitations,
    oidcAccounts,
    secondFactors,
    sessions,
    shares,
    tokens,
    signInFailures: failures,
    settings,
    apps,
  } = store
  return {
    clock,
    store,
    log,
    access: {
      master,
      people,
      withdrawals,
      invitations,
      oidcAccounts,
      secondFactors,
      sessions,
      shares,
      tokens,
      failures,
      settings,
      passwords: createPasswords(),
      audit: store.audit,
      apps,
      clock,
    },
    backups: backupsOf(env, clock),
    keyRotation: createKeyRotation({ keys: store.keys, ring: master, settings, sources, clock }),
    vault: {
      hash: (label, text) => keyedHash(master, label, text),
      seal: (app, cell, text) => sealWithAppKey(master, { id: app.id, dataKey: app.key.dataKey }, cell, text),
      open: (app, cell, sealed) => openWithAppKey(master, { id: app.id, dataKey: app.key.dataKey }, cell, sealed),
      newKey: (id, secretKey) => sealedKey(master, { id, dataKey: createAppKey(master, id) }, secretKey),
      otherKey: ({ id, key }, secretKey) => sealedKey(master, { id, dataKey: key.dataKey }, secretKey),
    },
  }
}

function sealedKey(master: AccessDeps['master'], app: AppKey, secretKey: string): SealedKey {
  const cell = { table: 'apps', column: 'key_sealed', row: app.id }
  return {
    dataKey: app.dataKey,
    sealed: sealWithAppKey(master, app, cell, secretKey),
    fingerprint: fingerprint(master, new Secret(secretKey)),
  }
}
