import { CAST, PASSWORD } from './cast'
import { type EmulatorProcess, SDK_APP_ID, SECRET_KEY, spawnEmulator } from './emulator-process'
import { freePort, type Server, startServer, temporaryFolder } from './server'

export interface TestEnv {
  emulator: EmulatorProcess
  /** What the app is started with. */
  env: Record<string, string>
  /** Where database and master key are. */
  folder: string
  /** Starts the app on this house's own database; again after a stop or a kill. '' takes a variable away. */
  start(more?: Record<string, string>): Promise<Server>
  end(): Promise<void>
}

/** An emulator (with these further options) and a database of a test's own, for tests that break things. `spacingMs` is the real second by default. */
export async function testEnv(spacingMs?: number, options: string[] = []): Promise<TestEnv> {
  const folder = temporaryFolder()
  const spacing = spacingMs === undefined ? [] : ['--spacing-ms', String(spacingMs)]
  const emulator = await spawnEmulator([...spacing, ...options])
  const port = await freePort()
  const servers: Server[] = []
  const env = {
    DATABASE_URL: `sqlite:${folder.path}/pushlens.db`,
    ADMIN_EMAIL: CAST.admin,
    ADMIN_PASSWORD: PASSWORD,
    TIM_SDKAPPID: String(SDK_APP_ID),
    TIM_SECRET_KEY: SECRET_KEY,
    TIM_BASE_URL: emulator.url,
    // Specs count calls and set faults: only those about the collector turn it on.
    COLLECTOR: 'off',
    ...(spacingMs === undefined ? {} : { UPSTREAM_SPACING_MS: String(spacingMs) }),
  }
  return {
    emulator,
    env,
    folder: folder.path,
    async start(more = {}) {
      const server = await startServer(Number(more.PORT ?? port), { ...env, ...more })
      servers.push(server)
      return server
    },
    async end() {
      for (const server of servers) await server.stop()
      await emulator.stop()
      folder.remove()
    },
  }
}
