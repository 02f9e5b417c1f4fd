// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Adds what `.env` in the project folder says; a variable that is already set wins. The server itself reads no file:
 * what it is started with is all it knows.
 * @param {string} root
 */
export function loadDotEnv(root) {
  const path = join(root, '.env')
  if (existsSync(path)) process.loadEnvFile(path)
}
