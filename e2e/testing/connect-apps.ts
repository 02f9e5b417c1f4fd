import { connectApp } from '../../lib/context-app'
import { base } from '../../lib/context-base'
import { readEnv } from '../../lib/env'

/** Connects further apps to the database of the environment, before the server starts: `[[sdkAppId, baseUrl], …]`. */
const env = readEnv()
if (!env.app) throw new Error('TIM_SDKAPPID is not set: the apps are like that one')
const context = await base(env)
for (const [sdkAppId, baseUrl] of JSON.parse(process.argv[2] ?? '[]')) {
  await connectApp(context, { ...env.app, sdkAppId, baseUrl, name: `App ${sdkAppId}` })
}
await context.store.close()
