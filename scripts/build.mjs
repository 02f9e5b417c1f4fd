// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCaptured } from './run-captured.mjs'
import { buildStamp } from './stamp.mjs'

/** Holds the id of the process that serves from this build, while it does. */
export const SERVING = '.next/.serving'

/**
 * Builds the application unless the build at hand is of these very sources. `npm run up` and `npm test` share it.
 * @param {string} root
 * @returns {Promise<boolean>} whether there was anything to build
 */
export async function ensureBuilt(root) {
  const stamp = buildStamp(root)
  if (stamp.isCurrent()) return false
  const pid = servedBy(root)
  if (pid)
    throw new Error(`Pushlens is running from the build in this folder (process ${pid}): stop it before building anew.`)
  stamp.remove()
  console.log('Building Pushlens (a quarter of a minute) …')
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ('production'), NEXT_TELEMETRY_DISABLED: '1' }
  const code = await runCaptured(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { cwd: root, env })
  if (code !== 0) throw new Error('The build failed: its words stand above.')
  stamp.write()
  return true
}

/**
 * The process that serves from this build, or null; a file left by one that was killed does not count.
 * @param {string} root
 */
export function servedBy(root) {
  const path = join(root, SERVING)
  const pid = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
  try {
    return pid > 0 && process.kill(pid, 0) ? pid : null
  } catch {
    return null
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  await ensureBuilt(root).then(
    (built) => built || console.log('The build is up to date.'),
    (error) => {
      console.error(error.message)
      process.exit(1)
    },
  )
}
