import 'server-only'
import { randomUUID } from 'node:crypto'
import type { AccessDeps } from './access/deps'
import { Secret } from './access/keys/secret'
import { ensureAdministrator } from './access/sign-in/environment-administrator'
import { issueSetupToken } from './access/sign-in/setup'
import { createArchive } from './archive/archive'
import { type Collector, createCollector } from './archive/collector'
import { createProber } from './archive/prober'
import { startUpkeep } from './archive/upkeep'
import { watchAlerts } from './context-alert'
import { connectApp } from './context-app'
import { type Base, base } from './context-base'
import { standingOf, withProbes } from './context-collector'
import { PushlensError } from './contract/errors'
import { ConfigurationError, type Env, readEnv } from './env'
import { createGateway } from './gateway/gateway'
import { systemTimers } from './gateway/timers'
import type { Log } from './log'
import type { Context, Vault } from './service/context'
import { createPresences } from './service/users/presence'
import { lockFile } from './store/engine/lock'
import { createTimPush } from './timpush/tim-push'

export interface Running {
  ctx: Context
  access: AccessDeps
  publicUrl: URL
  /** What opens /metrics; null where nobody asked for it. */
  metricsToken: Secret | null
  log: Log
  /** Null in a replica that only serves (COLLECTOR=off). Whoever composed the house starts it; `stop` below ends it. */
  collector: Collector | null
  /** Ends what is under way and closes the database; nothing may be asked afterwards. */
  stop(): Promise<void>
}

const KEY = Symbol.for('pushlens.running')

/** The running house, composed once per process: Next evaluates modules more than once, so it hangs on globalThis. */
export function context(): Promise<Running> {
  const holder = globalThis as { [KEY]?: Promise<Running> }
  // In a promise from the start: what is thrown at once must reach whoever waits, like what is thrown later.
  holder[KEY] ??= (async () => compose(readEnv()))()
  return holder[KEY]
}

export async function compose(env: Env): Promise<Running> {
  const lock = env.database.kind === 'sqlite' ? await lockFile(env.database.path) : null
  const ground = await base(env)
  const { clock, store, access, vault, log } = ground
  const timpush = createTimPush({ clock })
  const gateway = createGateway({
    lanes: store.lanes,
    calls: store.calls,
    apps: store.apps,
    timpush,
    clock,
    timers: systemTimers,
    random: Math.random,
    spacingMs: env.spacingMs,
    owner: randomUUID(),
    log,
  })
  const archive = createArchive({ store, gateway, clock })
  const upstreamApp = upstreamAppOf(vault)
  const prober = createProber({ store, gateway, upstreamApp, clock, timers: systemTimers, log })
  const collector = env.collector
    ? withProbes(createCollector({ store, archive, upstreamApp, clock, timers: systemTimers, log }), prober)
    : null
  await begin(env, ground)
  const ctx: Context = {
    store,
    gateway,
    archive,
    vault,
    upstreamApp,
    clock,
    retentionTracesDays: env.retentionTracesDays,
    presences: env.onlineStatus ? createPresences(clock) : null,
    ...(collector ? { collector: standingOf({ store, archive, clock }, collector) } : {}),
  }
  const alerts = watchAlerts(env, ground, ctx)
  const upkeep = startUpkeep({ ...ctx, clock, timers: systemTimers, log })
  return {
    ctx,
    access,
    publicUrl: env.publicUrl,
    metricsToken: env.metricsToken === null ? null : new Secret(env.metricsToken),
    log,
    collector,
    async stop() {
      await alerts.stop()
      await upkeep.stop()
      // A probe waits for calls, which end with the gateway.
      await Promise.all([collector?.stop(), gateway.stop()])
      await timpush.close()
      await store.close()
      lock?.release()
    },
  }
}

function upstreamAppOf(vault: Vault): Context['upstreamApp'] {
  return (app) => ({
    id: app.id,
    sdkAppId: app.sdkAppId,
    adminId: app.adminId,
    region: app.region,
    baseUrl: app.baseUrl,
    utcOffsetMin: app.utcOffsetMin,
    secretKey: async () => vault.open(app, { table: 'apps', column: 'key_sealed', row: app.id }, app.key.sealed),
  })
}

/** What the environment asks for at each start: its app, its administrator, or the way to become one. */
async function begin(env: Env, ground: Base): Promise<void> {
  if (env.app) await connectApp(ground, env.app)
  if (env.admin) await ensureAdministrator(ground.access, env.admin).catch(refuseAdministrator)
  const token = await issueSetupToken(ground.access)
  if (!token) return
  // The one line that must hold the token: whoever reads the log may become administrator, once.
  const address = new URL(`/setup?token=${token.reveal()}`, env.publicUrl)
  console.log(`No administrator yet. Open this address once to become one: ${address}`)
}

/** A password or address we refuse ends the start like any other wrong variable. */
function refuseAdministrator(error: unknown): never {
  if (!(error instanceof PushlensError)) throw error
  throw new ConfigurationError([`ADMIN_EMAIL and ADMIN_PASSWORD are refused: ${error.message}`])
}
