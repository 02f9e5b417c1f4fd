import { spawn } from 'node:child_process'

const running = new Set()

/** Runs a command to its end in a process group of its own; resolves to its exit code (1 when it could not start). */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', detached: true, ...options })
    running.add(child)
    const done = (code) => {
      running.delete(child)
      resolve(code ?? 1)
    }
    child.once('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.once('close', done)
  })
}

/** Ends every command still running, with all it started: a test run leaves nothing behind. */
export function endAll(signal = 'SIGTERM') {
  for (const child of running) {
    try {
      process.kill(-child.pid, signal)
    } catch {
      // Already gone.
    }
  }
}
