import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { postgresBin } from './postgres.mjs'
import { run } from './processes.mjs'

/** Returns the path of the system's Chromium, or null. Tests never download a browser. */
export function chromium() {
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  return known.find((path) => path && existsSync(path)) ?? null
}

/** Installs missing system packages for the tests. Returns what is still missing, as sentences. */
export async function ensureSystem() {
  const wanted = [...(chromium() ? [] : ['chromium']), ...(postgresBin() ? [] : ['postgresql'])]
  if (wanted.length > 0 && process.getuid?.() === 0 && has('apt-get')) {
    console.log(`Installing ${wanted.join(' and ')} for the tests …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-q'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...wanted], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const missing = []
  if (!chromium()) missing.push('Chromium is missing. Run apt-get install chromium, or set CHROMIUM to its path.')
  if (!postgresBin()) missing.push('PostgreSQL is missing. Run apt-get install postgresql.')
  return missing
}

function has(command) {
  try {
    execFileSync('which', [command], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
