import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { bytesOf, NOBODY, runSteps } from '../../scripts/image/run-steps.mjs'
import { buildStamp } from '../../scripts/stamp.mjs'
import { freePort } from './server'

const ROOT = resolve(import.meta.dirname, '../..')
const READY_WITHIN_MS = 30_000
/** What `npm test` does not do again: the packages are linked from the checkout, and so is its build. */
const SHARED = { 'npm ci --include=dev': 'node_modules', 'node scripts/build.mjs': '.next' }

export interface ImageServer {
  url: string
  child: ChildProcessByStdio<null, Readable, Readable>
  /** Milliseconds from the start of the process to the first answer. */
  firstAnswerMs: number
  env: Record<string, string>
  output(): string
  stop(): Promise<number | null>
}

export type TestImage = ReturnType<typeof makeImage>

/** Executes the steps of the Dockerfile, all of them or with what the checkout has made already. */
export function makeImage({ whole }: { whole: boolean }) {
  const folder = mkdtempSync(join(tmpdir(), 'pl-image-'))
  const image = runSteps(ROOT, folder, { shared: whole ? {} : SHARED })
  // The same inputs, so the linked build is the one that the steps would make.
  const complete = buildStamp(join(folder, 'build/app')).isCurrent()
  rmSync(join(folder, 'build'), { recursive: true, force: true })
  const servers: ImageServer[] = []
  return {
    ...image,
    complete,
    megabytes: bytesOf(image.workdir) / 1e6,
    /** Runs a command of the image, such as its health check, as the user of the image. */
    run: (command: string[], env: Record<string, string>) =>
      promisify(execFile)(...asNobody(command), { cwd: image.workdir, env: { NODE_ENV: 'production', ...env } }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
      ),
    async start(): Promise<ImageServer> {
      const server = await startImage(image)
      servers.push(server)
      return server
    },
    async remove() {
      for (const server of servers) await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Drops every right of root. Somebody who is not root runs the image as themselves. */
function asNobody([program = '', ...args]: string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [program, args]
  const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs', '--']
  return ['setpriv', [...user, program, ...args]]
}

/** Starts the command of the image with its variables, and no others but the port, which other tests may use. */
async function startImage({ command, env: given, workdir }: ReturnType<typeof runSteps>): Promise<ImageServer> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const env = {
    NODE_ENV: 'production' as const,
    ...given,
    PORT: String(port),
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    // There is no writable folder but the volume.
    TMPDIR: '/proc/none',
  }
  const began = performance.now()
  const child = spawn(...asNobody(command), { cwd: workdir, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) break
    if (child.exitCode !== null) throw new Error(`the image ended with ${child.exitCode}:\n${output}`)
    if (performance.now() - began > READY_WITHIN_MS) throw new Error(`the image is not ready:\n${output}`)
    await pause(5)
  }
  return {
    url,
    child,
    firstAnswerMs: performance.now() - began,
    env,
    output: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}
