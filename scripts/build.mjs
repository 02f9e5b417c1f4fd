// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hintScripts } from './compile-hints.mjs'
import { runCaptured } from './run-captured.mjs'
import { shareChunks } from './share-chunks.mjs'
import { buildStamp } from './stamp.mjs'

/** Contains the ID of the process that serves this build, while it runs. */
export const SERVING = '.next/.serving'

/**
 * Builds the application unless the existing build matches the sources. `npm run up` and `npm test` share it.
 * @param {string} root
 * @returns {Promise<boolean>} whether it built anything
 */
export async function ensureBuilt(root) {
  const stamp = buildStamp(root)
  if (stamp.isCurrent()) return false
  const pid = servedBy(root)
  if (pid)
    throw new Error(
      `Pushlens (process ${pid}) is running from the build in this folder. Stop it before you build again.`,
    )
  stamp.remove()
  console.log('Building Pushlens (about 30 seconds) …')
  const env = {
    ...process.env,
    NODE_ENV: /** @type {const} */ ('production'),
    NEXT_TELEMETRY_DISABLED: '1',
    // See next.config.mjs.
    BUILD_CACHE: existsSync(join(root, '.next')) ? 'on' : 'off',
  }
  const code = await runCaptured(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { cwd: root, env })
  if (code !== 0) throw new Error('The build failed. Its output is above.')
  shareChunks(join(root, '.next/server/chunks'))
  hintScripts(join(root, '.next'))
  stamp.write()
  return true
}

/**
 * Returns the ID of the process that serves this build, or null. Ignores a file left by a killed process.
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
