import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { bundled } from '../../lib/testing/bundled'
import { CAST, PASSWORD } from './cast'
import { type EmulatorProcess, SDK_APP_ID, SECRET_KEY, spawnEmulator } from './emulator-process'
import { freePort, type Server, startServer, temporaryFolder } from './server'

export interface TestEnv {
  emulator: EmulatorProcess
  /** The environment of the app. */
  env: Record<string, string>
  /** The folder of the database and master key. */
  folder: string
  /** Starts the app on this database. Can be called again after a stop or a kill. '' unsets a variable. */
  start(more?: Record<string, string>): Promise<Server>
  end(): Promise<void>
}

/** Creates an emulator and a database for one test that breaks things. `spacingMs` is one second by default. */
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
    // Off by default, because specs count calls and set faults. Collector specs turn it on.
    COLLECTOR: 'off',
    // These specs read every page many times a second.
    REQUEST_LIMITS: 'off',
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

/** Adds apps to the database before its server starts: pairs of an SDKAppID and the base URL of its API. */
export function connectApps({ env }: TestEnv, pairs: [number, string][]): void {
  execFileSync(process.execPath, [...bundled('e2e/testing/connect-apps.ts'), JSON.stringify(pairs)], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
