// @ts-check
import { runCaptured } from './run-captured.mjs'
import { installStamp } from './stamp.mjs'

/**
 * Installs the dependencies unless they match the lock file and the Node version. Always includes development
 * dependencies, because the build needs them.
 * @param {string} root
 * @returns {Promise<boolean>} whether it installed anything
 */
export async function ensureInstalled(root) {
  const stamp = installStamp(root)
  if (stamp.isCurrent()) return false
  stamp.remove()
  console.log('Installing dependencies (about 20 seconds, only once) …')
  const { NODE_ENV: _, ...env } = process.env
  const code = await runCaptured('npm', ['ci', '--include=dev', '--prefer-offline'], { cwd: root, env })
  if (code !== 0) throw new Error('npm ci failed. Its output is above.')
  stamp.write()
  return true
}
