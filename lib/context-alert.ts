import 'server-only'
import { signAlert } from './access/keys/alert-signature'
import type { Facts } from './alert/conditions'
import { createPoster } from './alert/post'
import { startAlertWatch } from './alert/watch'
import type { Base } from './context-base'
import { holdLease, type LeaseDeps } from './context-lease'
import type { Env } from './env'
import { systemTimers } from './gateway/timers'
import type { Context } from './service/context'
import { freeShare } from './store/engine/disk'
import { ALERTS } from './store/lanes/leases'

/**
 * Watches for alerts if a webhook is configured. Without one it does nothing. Of several replicas, the one that holds the
 * lease watches; `member` is null for the only server of a database.
 */
export function watchAlerts(
  env: Env,
  { access, store, clock, log }: Base,
  ctx: Context,
  member: LeaseDeps | null,
): { stop(): Promise<void> } {
  if (env.alertWebhook === null) return { stop: async () => undefined }
  const poster = createPoster(env.alertWebhook)
  const host = env.alertWebhook.url.hostname
  const watch = () =>
    startAlertWatch({
      ...{ clock, timers: systemTimers, host, poster, log },
      facts: () => factsOf(env, ctx),
      settings: store.settings,
      sign: (text) => signAlert(access.master, text),
    })
  const watching = member === null ? watch() : watchInTurn(member, watch)
  return {
    async stop() {
      const ended = watching.stop()
      await poster.close()
      await ended
    },
  }
}

function watchInTurn(member: LeaseDeps, watch: () => { stop(): Promise<void> }): { stop(): Promise<void> } {
  let current: { stop(): Promise<void> } | null = null
  return holdLease(member, ALERTS, {
    begin() {
      current = watch()
    },
    async end() {
      await current?.stop()
      current = null
    },
  })
}

async function factsOf({ dataFolder }: Env, ctx: Context): Promise<Facts> {
  const apps = (await ctx.store.apps.list()).map(async ({ id, name, stopped }) => {
    const heartbeat = (await ctx.collector?.heartbeat(id)) ?? { lagS: null, toLossS: null }
    return { id, name, stopped: stopped?.code ?? null, ...heartbeat }
  })
  return { apps: await Promise.all(apps), freeDisk: dataFolder === null ? null : await freeShare(dataFolder) }
}
