import { connect } from 'node:net'
import { untrustedProxyAt } from '@/lib/access/untrusted-proxy'
import { baseUrlFor } from '@/lib/context-app'
import type { Env } from '@/lib/env'
import type { Store } from '@/lib/store/store'
import { baseUrlOf } from '@/lib/timpush/regions'

const TIMEOUT_MS = 3_000

/** Without a trusted proxy, everybody behind one shares its address and the limits of it. */
export async function proxy({ trustProxy }: Env, { settings }: Store): Promise<string[]> {
  const seen = trustProxy === 0 ? await untrustedProxyAt({ settings, clock: { wallMs: Date.now } }) : null
  if (seen === null) return []
  return ['bad  X-Forwarded-For arrives and is ignored: if Pushlens is behind a proxy, set TRUST_PROXY=1']
}

const STOPPED: Record<string, string> = {
  upstream_credential: 'copy the SecretKey of this SDKAppID from the Chat console, not the appKey of the client',
  upstream_expired_signature: 'synchronise the clock of this machine with NTP',
  upstream_not_admin: 'use an app administrator of this SDKAppID: TIM_ADMIN_ID, or Settings › Apps',
  upstream_wrong_region: 'choose the region in which the app was created: TIM_REGION, or Settings › Apps',
  upstream_not_enabled: 'switch Push on in the Chat console',
}

/** Checks whether the apps are called, and whether their hosts answer. Calls no Tencent endpoint. */
export async function apps(env: Env, store: Store): Promise<string[]> {
  const all = await store.apps.list()
  if (all.length === 0) return ['note no app is connected']
  return Promise.all(
    all.map(async ({ id, region, origin, baseUrl, stopped, draft }) => {
      if (draft) return `note app ${id}: not connected yet`
      if (stopped) {
        const todo = STOPPED[stopped.code] ?? 'read the page System'
        return `bad  app ${id}: calls have stopped (${stopped.code}, ${stopped.upstreamCode ?? 'no code'}): ${todo}`
      }
      const url = new URL(baseUrlOf(region, baseUrlFor(env, { origin, baseUrl })))
      return (await reaches(url))
        ? `ok   app ${id}: ${url.host} is reachable`
        : `bad  app ${id}: ${url.host} is not reachable: check DNS, and allow connections to it in the firewall`
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

/** Asks the running server whether it can work. */
export async function server({ publicUrl }: Env): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const answer = await fetch(new URL('/readyz', publicUrl), { signal, redirect: 'manual' }).catch(() => null)
  const { origin } = publicUrl
  if (!answer) return `note Pushlens is not running at ${origin}`
  if (!answer.headers.has('x-pushlens-start')) {
    return `bad  another program answers at ${origin}: stop it, or correct PORT, PUBLIC_URL or the proxy`
  }
  if (answer.ok) return `ok   ${origin} is ready`
  const said: unknown = await answer.json().catch(() => null)
  const database = typeof said === 'object' && said !== null && 'database' in said ? said.database : null
  return database === 'upgrade_failed'
    ? `bad  the upgrade of ${origin} failed: its log says why, and to start the version from before`
    : `bad  ${origin} answers ${answer.status}: read the log of the server`
}
