import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Returns the folder of PostgreSQL's server programs, or null if it is not installed. */
export function postgresBin() {
  const debian = '/usr/lib/postgresql'
  const found = existsSync(debian)
    ? readdirSync(debian)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(debian, version, 'bin'))
    : []
  try {
    found.push(
      execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
    )
  } catch {
    // Without pg_config, only Debian's folders are searched.
  }
  return found.find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres'))) ?? null
}

/**
 * Starts a temporary PostgreSQL on its own socket in a temporary folder. `stop()` removes both. PostgreSQL refuses to run
 * as root, so root starts it as the user `postgres`.
 */
export async function startPostgres() {
  const bin = postgresBin()
  if (!bin) throw new Error('PostgreSQL is not installed. Run apt-get install postgresql (npm test does this).')
  const dir = mkdtempSync(join(tmpdir(), 'pl-pg-'))
  const owner = process.getuid?.() === 0 ? user('postgres') : {}
  if (owner.uid !== undefined) chownSync(dir, owner.uid, owner.gid)
  const options = { cwd: dir, ...owner, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } }
  const data = join(dir, 'data')
  const stop = () => rmSync(dir, { recursive: true, force: true })
  try {
    execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'pushlens', '-E', 'UTF8', '--no-sync'], {
      ...options,
      stdio: 'ignore',
    })
    const start = async () => {
      const child = spawn(
        join(bin, 'postgres'),
        ['-D', data, '-k', dir, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=200'],
        { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
      )
      const watch = endWithUs(child, dir)
      await ready(child)
      return { child, watch }
    }
    let server = await start()
    const end = (signal) => {
      server.watch.kill('SIGKILL')
      return ended(server.child, signal)
    }
    return {
      url: `postgresql://pushlens@localhost/postgres?host=${encodeURIComponent(dir)}`,
      /** Kills the server without a checkpoint and restarts it, so that it recovers from its log. */
      async crash() {
        await end('SIGQUIT')
        server = await start()
      },
      stop: () => end('SIGINT').then(stop),
    }
  } catch (error) {
    stop()
    throw error
  }
}

/**
 * Starts a shell that ends the server and removes its folder when this process ends, however it ends: then the pipe closes
 * on which the shell waits. In a session of its own, it outlives a signal to our group.
 */
function endWithUs({ pid }, dir) {
  const wait = 'read -r _; kill -INT "$1"; while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$2"'
  const watch = spawn('sh', ['-c', wait, 'sh', String(pid), dir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watch.unref()
  return watch
}

function user(name) {
  const id = (flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function ready(child) {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stderr.on('data', (chunk) => {
      output += chunk
      if (output.includes('ready to accept connections')) resolve(undefined)
    })
    child.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${output.slice(-2_000)}`)))
  })
}

/** Sends a signal and waits for the exit. SIGINT is PostgreSQL's fast shutdown, which does not wait for clients. */
function ended(child, signal) {
  return new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill(signal)
  })
}
