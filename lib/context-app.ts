import 'server-only'
import { BY_ENVIRONMENT, recordAuditAs } from './access/audit'
import { wallS } from './access/deps'
import type { Base } from './context-base'
import { type Env, isLoopbackUrl } from './env'
import { DEMO_REMOVED } from './service/apps/remove-app'
import type { AppRow } from './store/people/apps'
import type { UpstreamApp } from './timpush/tim-push'

type GivenApp = NonNullable<Env['app']>

/**
 * Connects the app of the environment; its ID is the SDKAppID. A changed key is sealed again with the app's data key. Lanes
 * that a wrong key has stopped try once more at each start. A demo that an administrator removed stays removed.
 */
export async function connectApp({ store, access, vault }: Base, given: GivenApp): Promise<void> {
  const id = String(given.sdkAppId)
  const { secretKey, ...described } = given
  if (given.demo && (await store.settings.get(DEMO_REMOVED)) === id) return
  const key = vault.newKey(id, secretKey)
  const createdAt = wallS(access.clock)
  const before = await store.apps.get(id)
  const app = await store.apps.upsert({ ...described, id, origin: 'environment', key, createdAt })
  if (app.key.fingerprint !== key.fingerprint) await store.apps.setKey(id, vault.otherKey(app, secretKey))
  const changed = !before ? 'app.connect' : before.key.fingerprint !== key.fingerprint ? 'app.key' : null
  if (changed) await recordAuditAs(access, { ...BY_ENVIRONMENT, action: changed, appId: id })
  if (app.stopped) await store.apps.clearStopped(id)
}

type Addressed = Pick<AppRow, 'origin' | 'baseUrl'>

/** Returns the base URL that replaces the region's host; null to use the host. Only the environment sets one. */
export function baseUrlFor(env: Pick<Env, 'baseUrl'>, { origin, baseUrl }: Addressed): string | null {
  return origin === 'environment' ? baseUrl : env.baseUrl
}

/**
 * Returns which apps have their upstream on this machine, for a shorter spacing. The apps of the environment cannot change
 * before the next start. Every other app has the same upstream, also one that is connected later.
 */
export function loopbackApps(env: Pick<Env, 'baseUrl'>, apps: AppRow[]): (appId: string) => boolean {
  const given = new Map(apps.filter(isOfEnvironment).map(({ id, baseUrl }) => [id, isLoopbackUrl(baseUrl)]))
  return (appId) => given.get(appId) ?? isLoopbackUrl(env.baseUrl)
}

const isOfEnvironment = ({ origin }: Addressed) => origin === 'environment'

/** Returns how apps are called. The key is read when a call is signed, so that a replaced key counts at once. */
export function upstreamApps(env: Pick<Env, 'baseUrl'>, { store, vault }: Pick<Base, 'store' | 'vault'>) {
  return (app: AppRow): UpstreamApp => ({
    id: app.id,
    sdkAppId: app.sdkAppId,
    adminId: app.adminId,
    region: app.region,
    baseUrl: baseUrlFor(env, app),
    utcOffsetMin: app.utcOffsetMin,
    async secretKey() {
      const key = (await store.apps.key(app.id)) ?? app.key
      return vault.open({ ...app, key }, { table: 'apps', column: 'key_sealed', row: app.id }, key.sealed)
    },
  })
}
