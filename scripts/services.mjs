// @ts-check
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Milliseconds that a stopped service gets before it is killed. */
const STOP_TIMEOUT_MS = 25_000

/**
 * Starts a long-running process in its own group, so that Ctrl-C reaches it only through us. Its stdin closes when this
 * process ends for any reason.
 * @param {string[]} args arguments of Node
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, onLine: (line: string, stream: 'stdout' | 'stderr') => void }} options
 */
export function startService(args, { cwd, env, onLine }) {
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  const stdout = createInterface({ input: child.stdout }).on('line', (line) => onLine(line, 'stdout'))
  createInterface({ input: child.stderr }).on('line', (line) => onLine(line, 'stderr'))
  child.stdin.on('error', () => {})
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('close', (code) => resolve(code ?? 1))
  })
  /** @type {Promise<{ port: number, controlPort?: number, failedUpgrade?: boolean } | null>} */
  const ready = new Promise((resolve) => {
    stdout.on('line', (line) => line.startsWith('{"ready":true') && resolve(JSON.parse(line)))
    ended.then(() => resolve(null))
  })
  return {
    pid: child.pid ?? 0,
    /** Its line `{"ready":true,"port":…}`, or null if it ended before it was ready. */
    ready,
    /** The port of that line. */
    port: ready.then((line) => line?.port ?? null),
    /** Its exit code. */
    ended,
    /** Signals it to end, waits, and kills what is left of its group. */
    async stop() {
      signalGroup(child.pid, 'SIGTERM')
      const late = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), STOP_TIMEOUT_MS)
      const code = await ended
      clearTimeout(late)
      signalGroup(child.pid, 'SIGKILL')
      return code
    },
  }
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    if (pid) process.kill(-pid, signal)
  } catch {
    // The process has already exited.
  }
}
