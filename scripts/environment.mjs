// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Loads `.env` from the project folder. Variables that are already set win. The server itself reads no file, only its
 * environment.
 * @param {string} root
 */
export function loadDotEnv(root) {
  const path = join(root, '.env')
  if (existsSync(path)) process.loadEnvFile(path)
}
