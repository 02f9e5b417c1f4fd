import 'server-only'
import { signAlert } from './access/keys/alert-signature'
import type { Facts } from './alert/conditions'
import { createPoster } from './alert/post'
import { startAlertWatch } from './alert/watch'
import type { Base } from './context-base'
import type { Env } from './env'
import { systemTimers } from './gateway/timers'
import type { Context } from './service/context'
import { freeShare } from './store/engine/disk'

/** Watches for alerts if a webhook is configured. Without one it does nothing. */
export function watchAlerts(env: Env, { access, store, clock, log }: Base, ctx: Context): { stop(): Promise<void> } {
  if (env.alertWebhook === null) return { stop: async () => undefined }
  const poster = createPoster(env.alertWebhook)
  const watching = startAlertWatch({
    clock,
    timers: systemTimers,
    host: env.alertWebhook.url.hostname,
    poster,
    facts: () => factsOf(env, ctx),
    settings: store.settings,
    sign: (text) => signAlert(access.master, text),
    log,
  })
  return {
    async stop() {
      const ended = watching.stop()
      await poster.close()
      await ended
    },
  }
}

async function factsOf({ dataFolder }: Env, ctx: Context): Promise<Facts> {
  const apps = (await ctx.store.apps.list()).map(async ({ id, name, stopped }) => {
    const heartbeat = (await ctx.collector?.heartbeat(id)) ?? { lagS: null, toLossS: null }
    return { id, name, stopped: stopped?.code ?? null, ...heartbeat }
  })
  return { apps: await Promise.all(apps), freeDisk: dataFolder === null ? null : await freeShare(dataFolder) }
}
