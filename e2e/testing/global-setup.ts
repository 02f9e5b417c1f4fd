import { addPerson } from './add-person'
import { CAST, PASSWORD } from './cast'
import { SDK_APP_ID, SECRET_KEY, spawnEmulator } from './emulator-process'
import { freePort, startServer, temporaryFolder } from './server'

/** Starts one emulator and one built app for specs that only read. Specs that break things start their own. */
export default async function setup() {
  const folder = temporaryFolder()
  const emulator = await spawnEmulator(['--spacing-ms', '20'])
  const port = await freePort()
  const env = {
    DATABASE_URL: `sqlite:${folder.path}/pushlens.db`,
    ADMIN_EMAIL: CAST.admin,
    ADMIN_PASSWORD: PASSWORD,
    TIM_SDKAPPID: String(SDK_APP_ID),
    TIM_SECRET_KEY: SECRET_KEY,
    TIM_NAME: 'Demo shop',
    TIM_BASE_URL: emulator.url,
    UPSTREAM_SPACING_MS: '20',
    DEMO: 'on',
    COLLECTOR: 'off',
  }
  const server = await startServer(port, env)
  for (const role of ['viewer', 'editor', 'support'] as const) addPerson(env, role)
  Object.assign(process.env, { E2E_URL: server.url, E2E_CONTROL: emulator.controlUrl, E2E_DATA: folder.path })
  return async () => {
    await server.stop()
    await emulator.stop()
    folder.remove()
  }
}
