import { resolve } from 'node:path'
import { demoVariables, demoWorld, fillDemo, startDemoEmulator } from '../../scripts/demo.mjs'
import { CAST, PASSWORD } from './cast'
import { freePort, type Server, startServer, temporaryFolder } from './server'

const ROOT = resolve(import.meta.dirname, '../..')

export interface DemoEnv {
  server: Server
  /** Monotonic milliseconds at which the server was ready. */
  readyAt: number
  control(path: string): Promise<unknown>
  end(): Promise<void>
}

/** Starts a demo for the first time, as `npm run up` does, with an administrator. Campaigns are registered when it returns. */
export async function demoEnv(): Promise<DemoEnv> {
  const folder = temporaryFolder()
  const world = demoWorld(folder.path, Math.floor(Date.now() / 1_000))
  const emulator = startDemoEmulator(ROOT, world)
  const end = async (server?: Server) => {
    await server?.stop()
    await emulator.stop()
    folder.remove()
  }
  const ready = await emulator.ready
  const { controlPort } = ready ?? {}
  if (!ready || controlPort === undefined) throw new Error('the emulator ended before it was ready')
  const env = {
    ...demoVariables(world.key, ready.port),
    DATABASE_URL: `sqlite:${folder.path}/pushlens.db`,
    ADMIN_EMAIL: CAST.admin,
    ADMIN_PASSWORD: PASSWORD,
  }
  const server = await startServer(await freePort(), env)
  const readyAt = performance.now()
  const urls = { url: server.url, controlPort }
  const given = { ...process.env, ...env, PUBLIC_URL: server.url }
  if (!(await fillDemo(ROOT, { ...urls, env: given }))) {
    await end(server)
    throw new Error('the demo was not filled')
  }
  return {
    server,
    readyAt,
    control: async (path) => (await fetch(`http://127.0.0.1:${controlPort}${path}`)).json(),
    end: () => end(server),
  }
}
