import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createToken } from '@/lib/access/tokens'
import { connectApp } from '@/lib/context-app'
import { type Base, base } from '@/lib/context-base'
import { type Env, readEnv } from '@/lib/env'
import { CAST, PASSWORD } from '../e2e/testing/cast'
import { type EmulatorProcess, SDK_APP_ID, SECRET_KEY, spawnEmulator } from '../e2e/testing/emulator-process'
import { freePort, type Server, startServer } from '../e2e/testing/server'
import { startPostgres } from '../scripts/postgres.mjs'

export type DatabaseKind = 'sqlite' | 'postgres'

/** Generated for the bench only. */
const MASTER_KEY = 'Qm9uZmlyZXMgYnVybiBhbGwgbmlnaHQgbG9uZyEh+/8='

export interface BenchEnv {
  kind: DatabaseKind
  emulator: EmulatorProcess
  /** The SQLite file; null on PostgreSQL. */
  file: string | null
  variables: Record<string, string>
  /** Opens the database in this process with the app connected, runs `work`, and closes it. */
  within<T>(work: (context: Base, env: Env) => Promise<T>): Promise<T>
  /** Starts the built app on this database, runs `work`, and stops it. */
  serving<T>(work: (server: Server & { token: string }) => Promise<T>): Promise<T>
  end(): Promise<void>
}

/** Creates a new database and emulator. `minimal` spacing lets calls follow each other after 1 ms. */
export async function openBenchEnv(kind: DatabaseKind, spacing: 'real' | 'minimal'): Promise<BenchEnv> {
  const folder = mkdtempSync(join(tmpdir(), 'pl-bench-'))
  const emulator = await spawnEmulator(spacing === 'minimal' ? ['--spacing-ms', '1'] : [])
  const postgres = kind === 'postgres' ? await startPostgres() : null
  const file = postgres ? null : join(folder, 'pushlens.db')
  const variables = {
    DATABASE_URL: postgres ? postgres.url : `sqlite:${file}`,
    MASTER_KEY,
    TIM_SDKAPPID: String(SDK_APP_ID),
    TIM_SECRET_KEY: SECRET_KEY,
    TIM_BASE_URL: emulator.url,
    ADMIN_EMAIL: CAST.admin,
    ADMIN_PASSWORD: PASSWORD,
    LOG_LEVEL: 'silent',
    COLLECTOR: 'off',
    REQUEST_LIMITS: 'off',
    ...(spacing === 'minimal' ? { UPSTREAM_SPACING_MS: '1' } : {}),
  }
  async function within<T>(work: (context: Base, env: Env) => Promise<T>): Promise<T> {
    const env = readEnv(variables)
    const context = await base(env)
    try {
      if (env.app) await connectApp(context, env.app)
      return await work(context, env)
    } finally {
      await context.store.close()
    }
  }
  return {
    kind,
    emulator,
    file,
    variables,
    within,
    async serving(work) {
      const token = await within(async ({ access }) => {
        const made = await createToken(access, {
          name: 'bench',
          role: 'admin',
          apps: ['*'],
          expiresAt: null,
          by: { actor: 'bench', address: null },
        })
        return made.text.reveal()
      })
      const server = await startServer(await freePort(), variables)
      try {
        return await work({ ...server, token })
      } finally {
        await server.stop()
      }
    },
    async end() {
      await emulator.stop()
      await postgres?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Returns the resident memory of a process in MB. Linux only. */
export function residentMb(pid: number): number {
  const [, kb = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kb) / 1_024
}
