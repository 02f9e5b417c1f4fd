// @ts-check
import { runCaptured } from './run-captured.mjs'
import { installStamp } from './stamp.mjs'

/**
 * Installs the dependencies unless they are those of this lock file and this Node. Development ones too, whatever the
 * environment says: the build needs them.
 * @param {string} root
 */
export async function ensureInstalled(root) {
  const stamp = installStamp(root)
  if (stamp.isCurrent()) return
  stamp.remove()
  console.log('Installing what Pushlens needs (half a minute, this once) …')
  const { NODE_ENV: _, ...env } = process.env
  const code = await runCaptured('npm', ['ci', '--include=dev'], { cwd: root, env })
  if (code !== 0) throw new Error('npm ci failed: its words stand above.')
  stamp.write()
}
