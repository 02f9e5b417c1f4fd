import 'server-only'
import { ENVIRONMENT, recordAuditAs } from './access/audit'
import { wallS } from './access/deps'
import { fingerprint } from './access/keys/keyed-hash'
import { createAppKey, sealWithAppKey } from './access/keys/seal'
import { Secret } from './access/keys/secret'
import type { Base } from './context-base'
import type { Env } from './env'

type GivenApp = NonNullable<Env['app']>

/**
 * Connects the app of the environment; its ID is the SDKAppID. A changed key is sealed again with the app's data key. Lanes
 * that a wrong key has stopped try once more at each start.
 */
export async function connectApp({ store, access, vault }: Base, given: GivenApp): Promise<void> {
  const id = String(given.sdkAppId)
  const { secretKey, ...described } = given
  const print = fingerprint(access.master, new Secret(secretKey))
  const cell = { table: 'apps', column: 'key_sealed', row: id }
  const dataKey = createAppKey(access.master, id)
  const sealed = sealWithAppKey(access.master, { id, dataKey }, cell, secretKey)
  const before = await store.apps.get(id)
  const app = await store.apps.upsert({
    ...described,
    id,
    origin: 'environment',
    key: { dataKey, sealed, fingerprint: print },
    createdAt: wallS(access.clock),
  })
  if (app.key.fingerprint !== print) {
    await store.apps.setKey(id, {
      dataKey: app.key.dataKey,
      sealed: vault.seal(app, cell, secretKey),
      fingerprint: print,
    })
  }
  const changed = !before ? 'app.connect' : before.key.fingerprint !== print ? 'app.key' : null
  if (changed) await recordAuditAs(access, { actor: ENVIRONMENT, action: changed, appId: id })
  if (app.stopped) await store.apps.clearStopped(id)
}
