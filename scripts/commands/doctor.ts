import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { checkMasterKey } from '@/lib/access/keys/key-check'
import { chainSigner } from '@/lib/access/keys/key-ring'
import { readKeys } from '@/lib/access/keys/open-keys'
import { untrustedProxyAt } from '@/lib/access/untrusted-proxy'
import { baseUrlFor } from '@/lib/context-app'
import { keySources } from '@/lib/context-base'
import type { Env } from '@/lib/env'
import { freeShare } from '@/lib/store/engine/disk'
import { exposedFiles } from '@/lib/store/engine/exposed-files'
import { openDatabase } from '@/lib/store/engine/open'
import { createStore, type Store } from '@/lib/store/store'
import { baseUrlOf } from '@/lib/timpush/regions'
import { requireNode } from '../node-version.mjs'
import type { Command } from './command'
import { signInProvider } from './doctor-oidc'

const TIMEOUT_MS = 3_000
const MIN_FREE_SHARE = 0.1

/** Prints one line per check. Changes nothing and calls no Tencent endpoint. */
export const doctor: Command = async (env) => {
  requireNode()
  const lines = [
    `ok   Node ${process.versions.node}`,
    ...(await storage(env)),
    ...(await signInProvider(env)),
    await server(env),
  ]
  return { text: lines.join('\n'), exitCode: lines.some((line) => line.startsWith('bad')) ? 1 : 0 }
}

async function storage(env: Env): Promise<string[]> {
  const { database } = env
  if (database.kind === 'sqlite' && !existsSync(database.path))
    return [`note there is no database yet at ${database.path}`]
  const db = await openDatabase(database)
  const store = createStore(db, { wallMs: Date.now })
  try {
    const ready = await store.readiness()
    const lines = [ready === 'ready' ? 'ok   the database is ready' : `bad  the database is ${ready}`]
    if (ready !== 'ready') return lines
    return [
      ...lines,
      await masterKey(env, store),
      await auditChain(env, store),
      ...exposed(env),
      ...(await proxy(env, store)),
      ...(await disk(env)),
      ...(await apps(env, store)),
    ]
  } finally {
    await store.close()
  }
}

async function masterKey(env: Env, { settings }: Store): Promise<string> {
  const key = await checkMasterKey({ ...keySources(env), settings })
  if (key === 'matches' || key === 'unused') return 'ok   the master key matches the database'
  return key === 'different' ? 'bad  the database was made with a different master key' : 'bad  there is no master key'
}

/** Reads the whole audit, because a change of any entry breaks the chain from there on. */
async function auditChain(env: Env, { audit, settings }: Store): Promise<string> {
  const keys = await readKeys(keySources(env), settings)
  if (!keys) return 'note the audit was not checked: its key is not open'
  audit.signWith(chainSigner(keys))
  const { entries, broken } = await audit.check()
  if (!broken) return `ok   the audit is complete and unchanged (${entries} entries)`
  const where =
    broken.id === null
      ? 'its newest entries were removed or not written by Pushlens'
      : `entry ${broken.id} of ${new Date(broken.at * 1_000).toISOString()}, or one before it, was changed or removed`
  return `bad  the audit was changed: ${where}`
}

function exposed({ database }: Env): string[] {
  return exposedFiles(database).map((file) => `bad  other users of this machine can read ${file}: chmod 600 it`)
}

/** Without a trusted proxy, everybody behind one shares its address and the limits of it. */
async function proxy({ trustProxy }: Env, { settings }: Store): Promise<string[]> {
  const seen = trustProxy === 0 ? await untrustedProxyAt({ settings, clock: { wallMs: Date.now } }) : null
  if (seen === null) return []
  return ['bad  X-Forwarded-For arrives and is ignored: if Pushlens is behind a proxy, set TRUST_PROXY=1']
}

async function disk({ dataFolder }: Env): Promise<string[]> {
  if (dataFolder === null) return []
  const free = await freeShare(dataFolder)
  return [`${free < MIN_FREE_SHARE ? 'bad ' : 'ok  '} ${Math.floor(free * 100)} % of the disk is free`]
}

async function apps(env: Env, store: Store): Promise<string[]> {
  const all = await store.apps.list()
  if (all.length === 0) return ['note no app is connected']
  return Promise.all(
    all.map(async ({ id, region, origin, baseUrl, stopped, draft }) => {
      if (draft) return `note app ${id}: not connected yet`
      if (stopped) return `bad  app ${id}: calls have stopped (${stopped.code}, ${stopped.upstreamCode ?? 'no code'})`
      const url = new URL(baseUrlOf(region, baseUrlFor(env, { origin, baseUrl })))
      return (await reaches(url))
        ? `ok   app ${id}: ${url.host} is reachable`
        : `bad  app ${id}: ${url.host} is not reachable`
    }),
  )
}

/** Opens a connection only, because a real call would use up a slot of the endpoint's rate limit. */
function reaches({ hostname, port, protocol }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(port || (protocol === 'https:' ? 443 : 80)), timeout: TIMEOUT_MS })
    const end = (reached: boolean) => () => {
      socket.destroy()
      resolve(reached)
    }
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false))
  })
}

async function server({ publicUrl }: Env): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const answer = await fetch(new URL('/readyz', publicUrl), { signal, redirect: 'manual' }).catch(() => null)
  if (!answer) return `note Pushlens is not running at ${publicUrl.origin}`
  return answer.ok ? `ok   ${publicUrl.origin} is ready` : `bad  ${publicUrl.origin} answers ${answer.status}`
}
