import 'server-only'
import { join } from 'node:path'
import type { AccessDeps } from './access/deps'
import { openMasterKey } from './access/keys/key-check'
import { fingerprint, keyedHash } from './access/keys/keyed-hash'
import { type AppKey, createAppKey, openWithAppKey, sealWithAppKey } from './access/keys/seal'
import { Secret } from './access/keys/secret'
import { createPasswords } from './access/sign-in/password'
import type { Clock } from './contract/clock'
import type { Env } from './env'
import { createLog, type Log } from './log'
import type { Vault } from './service/context'
import { migrate } from './store/engine/migrate'
import { openDatabase } from './store/engine/open'
import type { SealedKey } from './store/people/apps'
import { createStore, type Store } from './store/store'

export interface Base {
  clock: Clock
  store: Store
  access: AccessDeps
  vault: Vault
  log: Log
}

/** Returns the file of the master key made at the first start; null with PostgreSQL, where MASTER_KEY must be set. */
export function masterKeyFile(env: Env): string | null {
  return env.dataFolder === null ? null : join(env.dataFolder, 'master.key')
}

/** Makes the clock of the process. Data time differs from real time only in tests. */
function clockOf({ clockOffsetS }: Env): Clock {
  const wallMs = Date.now
  return { wallMs, dataS: () => Math.floor(wallMs() / 1_000) + clockOffsetS }
}

/** Opens what both the server and the command line need: clock, database, keys and access. */
export async function base(env: Env): Promise<Base> {
  const clock = clockOf(env)
  const db = await openDatabase(env.database)
  await migrate(db)
  const store = createStore(db, clock, env.app?.demo ? String(env.app.sdkAppId) : null)
  const file = masterKeyFile(env)
  const master = await openMasterKey({ text: env.masterKey, file, settings: store.settings })
  const {
    people,
    withdrawals,
    invitations,
    oidcAccounts,
    secondFactors,
    sessions,
    tokens,
    signInFailures: failures,
    settings,
    apps,
  } = store
  return {
    clock,
    store,
    log: createLog(env.logLevel),
    access: {
      master,
      people,
      withdrawals,
      invitations,
      oidcAccounts,
      secondFactors,
      sessions,
      tokens,
      failures,
      settings,
      passwords: createPasswords(),
      audit: store.audit,
      apps,
      clock,
    },
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
