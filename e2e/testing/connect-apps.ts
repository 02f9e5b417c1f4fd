import { connectApp } from '../../lib/context-app'
import { base } from '../../lib/context-base'
import { readEnv } from '../../lib/env'

/** Script: adds apps to the configured database before the server starts. Argument: `[[sdkAppId, baseUrl], …]`. */
const env = readEnv()
if (!env.app) throw new Error('TIM_SDKAPPID is not set; the new apps copy its settings')
const context = await base(env)
for (const [sdkAppId, baseUrl] of JSON.parse(process.argv[2] ?? '[]')) {
  await connectApp(context, { ...env.app, sdkAppId, baseUrl, name: `App ${sdkAppId}` })
}
await context.store.close()
