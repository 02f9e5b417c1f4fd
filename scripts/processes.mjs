import { spawn } from 'node:child_process'

const running = new Set()

/** Runs a command in its own process group. Resolves to its exit code, or 1 if it could not start. */
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

/** Signals every running command and its children, so that nothing keeps running after us. */
export function endAll(signal = 'SIGTERM') {
  for (const child of running) {
    try {
      process.kill(-child.pid, signal)
    } catch {
      // The process has already exited.
    }
  }
}
