import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { bundled } from '../../lib/testing/bundled'

export const SDK_APP_ID = 1_400_187_352
export const SECRET_KEY = 'canary-secret-key-7f3b9a2e5d8c4b1f6a0e9d7c'

export interface Arrival {
  monotonicMs: number
  endpoint: string
  sdkAppId: number | null
  accepted: boolean
  inFlight: number
  errorCode: number | null
  body: string | null
}

export interface EmulatorProcess {
  url: string
  controlUrl: string
  control(path: string, body?: unknown): Promise<unknown>
  stop(): Promise<void>
}

/** Starts the Tencent emulator as a separate process, as `npm run up` does. */
export async function spawnEmulator(options: string[] = []): Promise<EmulatorProcess> {
  const child = spawn(
    process.execPath,
    [
      ...bundled('emulator/main.ts'),
      '--port',
      '0',
      '--control-port',
      '0',
      '--sdkappid',
      String(SDK_APP_ID),
      '--end-with-parent',
      ...options,
    ],
    {
      cwd: resolve(import.meta.dirname, '../..'),
      env: { ...process.env, EMULATOR_KEY: SECRET_KEY },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const { port, controlPort } = await firstLine(child)
  const controlUrl = `http://127.0.0.1:${controlPort}`
  return {
    url: `http://127.0.0.1:${port}`,
    controlUrl,
    async control(path, body) {
      const answer = await fetch(
        `${controlUrl}${path}`,
        body === undefined
          ? {}
          : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      )
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return answer.json()
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function firstLine(child: ChildProcess): Promise<{ port: number; controlPort: number }> {
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line)
  throw new Error('the emulator ended before it was ready')
}
