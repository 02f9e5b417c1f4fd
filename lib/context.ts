import 'server-only'
import { randomUUID } from 'node:crypto'
import type { AccessDeps } from './access/deps'
import { Secret } from './access/keys/secret'
import type { OidcSettings } from './access/oidc/settings'
import { ensureAdministrator } from './access/sign-in/environment-administrator'
import { issueSetupToken } from './access/sign-in/setup'
import { forgetUntrusted } from './access/untrusted-proxy'
import { createArchive } from './archive/archive'
import { createCollector } from './archive/collector'
import { createProber } from './archive/prober'
import { connectApp, loopbackApps, upstreamApps } from './context-app'
import { type Base, base } from './context-base'
import { collectorStatus, type ElectedCollector, electedCollector, withProbes } from './context-collector'
import { startJobs } from './context-jobs'
import { announceServer } from './context-lease'
import { PushlensError } from './contract/errors'
import { SPACING_MS } from './contract/limits'
import { setupHref } from './contract/links'
import { ConfigurationError, type Env, readEnv } from './env'
import { createGateway } from './gateway/gateway'
import { systemTimers } from './gateway/timers'
import type { Log } from './log'
import type { Context } from './service/context'
import { createCaches } from './service/read/caches'
import { exposedFiles } from './store/engine/exposed-files'
import { lockFile } from './store/engine/lock'
import { createTimPush } from './timpush/tim-push'

export interface Running {
  ctx: Context
  access: AccessDeps
  publicUrl: URL
  /** The sign-in provider; null where none is configured. */
  oidc: OidcSettings | null
  /** LOCAL_SIGN_IN: whether people may sign in with a password. The command line can allow it for a while. */
  localSignIn: boolean
  /** The bearer of /metrics; null where none is configured. */
  metricsToken: Secret | null
  /** False on a loopback server whose limits are switched off, such as that of the bench. */
  limitsRequests: boolean
  log: Log
  /** Null in a replica that only serves (COLLECTOR=off). The caller of `compose` starts it; `stop` ends it. */
  collector: ElectedCollector | null
  /** Ends running work and closes the database. Nothing may be called afterwards. */
  stop(): Promise<void>
}

const KEY = Symbol.for('pushlens.running')

/** Returns what runs in this process. It is on globalThis, because Next evaluates modules more than once. */
export function context(): Promise<Running> {
  const holder = globalThis as { [KEY]?: Promise<Running> }
  // The promise exists from the start, so that an immediate error reaches later callers too.
  holder[KEY] ??= (async () => compose(readEnv()))()
  return holder[KEY]
}

/** Opens the database and connects all rooms. Throws `ConfigurationError` for a wrong environment. */
export async function compose(env: Env): Promise<Running> {
  const lock = env.database.kind === 'sqlite' ? await lockFile(env.database.path) : null
  const ground = await base(env, { alone: true })
  const { clock, store, access, vault, log } = ground
  const replicas = env.database.kind === 'postgres'
  const member = { leases: store.leases, owner: randomUUID(), timers: systemTimers, log }
  const server = replicas ? await announceServer(member) : null
  for (const file of exposedFiles(env.database)) log.warn({ file }, 'other users can read this file: chmod 600 it')
  await begin(env, ground)
  const timpush = createTimPush({ clock })
  const isLoopback = loopbackApps(env, await store.apps.list())
  const { lanes, calls, apps } = store
  const gateway = createGateway({
    ...{ lanes, calls, apps, timpush, clock },
    timers: systemTimers,
    random: Math.random,
    spacingMs: Math.max(env.spacingMs, SPACING_MS),
    loopbackSpacingMs: (appId) => (isLoopback(appId) ? env.spacingMs : null),
    owner: member.owner,
    electsCollector: replicas,
    log,
  })
  const archive = createArchive({ store, gateway, clock })
  const upstreamApp = upstreamApps(env, ground)
  const collecting = { store, archive, gateway, upstreamApp, clock, timers: systemTimers, log }
  const create = () => withProbes(createCollector(collecting), createProber(collecting))
  const collector = env.collector ? (replicas ? electedCollector(create, { ...member, gateway }) : create()) : null
  const ctx: Context = {
    store,
    gateway,
    archive,
    vault,
    keyRotation: ground.keyRotation,
    backups: ground.backups,
    upstreamApp,
    hashPassword: access.passwords.hash,
    publicUrl: env.publicUrl,
    clock,
    retentionTracesDays: env.retentionTracesDays,
    caches: createCaches(clock),
    readsOnlineStatus: env.onlineStatus,
    givenApp: env.app && String(env.app.sdkAppId),
    ...(collector ? { collector: collectorStatus({ store, archive, clock }, collector) } : {}),
  }
  const jobs = startJobs(env, ground, ctx, replicas ? member : null)
  return {
    ctx,
    access,
    publicUrl: env.publicUrl,
    oidc: env.oidc && { ...env.oidc, clientSecret: new Secret(env.oidc.clientSecret) },
    localSignIn: env.localSignIn,
    metricsToken: env.metricsToken === null ? null : new Secret(env.metricsToken),
    limitsRequests: env.requestLimits,
    log,
    collector,
    async stop() {
      await jobs.stop()
      // Probes wait for calls, and the gateway ends those.
      await Promise.all([collector?.stop(), gateway.stop()])
      await timpush.close()
      await server?.stop()
      await store.close()
      lock?.release()
    },
  }
}

/** Applies the environment at each start: its app and its administrator. Without an administrator it prints the setup link. */
async function begin(env: Env, ground: Base): Promise<void> {
  if (env.trustProxy > 0) await forgetUntrusted(ground.access)
  if (env.app) await connectApp(ground, env.app)
  if (env.admin) await ensureAdministrator(ground.access, env.admin).catch(refuseAdministrator)
  const token = await issueSetupToken(ground.access)
  if (!token) return
  // Only this line contains the token: who reads the log can become the first administrator.
  const address = new URL(setupHref(token.reveal()), env.publicUrl)
  console.log(`No administrator yet. Open this address once to become one: ${address}`)
  if (env.answersPrivateAddresses)
    console.log('From another machine of this private network, write the IP address of this one in place of localhost.')
}

/** A refused password or address ends the start like any other wrong variable. */
function refuseAdministrator(error: unknown): never {
  if (!(error instanceof PushlensError)) throw error
  throw new ConfigurationError([`ADMIN_EMAIL and ADMIN_PASSWORD are refused: ${error.message}`])
}
