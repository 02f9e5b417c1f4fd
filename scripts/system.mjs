import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { postgresBin } from './postgres.mjs'
import { run } from './processes.mjs'

/** Chromium without a window. It needs a quarter less time than the whole browser. The program in /usr/bin only starts it. */
const HEADLESS = '/usr/lib/chromium/chromium-headless-shell'

/** Returns the path of the system's Chromium, or null. Tests never download a browser. */
export function chromium() {
  const known = [
    process.env.CHROMIUM,
    HEADLESS,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  return known.find((path) => path && existsSync(path)) ?? null
}

/** Installs missing system packages for the tests. Returns what is still missing, as sentences. */
export async function ensureSystem() {
  // Debian has the first package of each, other systems perhaps only the next.
  const wanted = [...(chromium() ? [] : [[basename(HEADLESS), 'chromium']]), ...(postgresBin() ? [] : [['postgresql']])]
  if (wanted.length > 0 && process.getuid?.() === 0 && has('apt-get')) {
    await aptGet('update')
    for (const names of wanted) await installOne(names)
  }
  const missing = []
  if (!chromium()) missing.push('Chromium is missing. Run apt-get install chromium, or set CHROMIUM to its path.')
  if (!postgresBin()) missing.push('PostgreSQL is missing. Run apt-get install postgresql.')
  return missing
}

/** Installs the first of these packages that exists. */
async function installOne(names) {
  for (const name of names) {
    console.log(`Installing ${name} for the tests …`)
    if ((await aptGet('install', '-y', '--no-install-recommends', name)) === 0) return
  }
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return run('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

function has(command) {
  try {
    execFileSync('which', [command], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
