import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PROJECT = resolve(import.meta.dirname ?? '.', '../..')

/** A fake npm. It installs the real tsx and a framework whose build writes only an ID. */
const NPM = `#!/bin/sh
echo install >> steps
[ -n "$NODE_ENV" ] && { echo "NODE_ENV leaves out what the build needs"; exit 1; }
[ -n "$FAIL_INSTALL" ] && { echo "the registry is unavailable"; exit 1; }
[ -n "$HANG_INSTALL" ] && { echo $$ > hanging; exec sleep 600; }
rm -rf node_modules && mkdir -p node_modules/next/dist/bin
ln -s ${PROJECT}/node_modules/tsx node_modules/tsx
cp fake-next.cjs node_modules/next/dist/bin/next
`
const NEXT = `const fs = require('fs')
fs.appendFileSync('steps', 'build\\n')
fs.appendFileSync('caches', process.env.BUILD_CACHE + '\\n')
if (process.env.FAIL_BUILD) { console.log('a type is wrong'); process.exit(1) }
fs.mkdirSync('.next/server/chunks', { recursive: true })
fs.writeFileSync('.next/BUILD_ID', 'id')
fs.writeFileSync('.next/build-manifest.json', '{"rootMainFiles":[]}')
`
/** The fake server and emulator record their start, with process ID and environment, and their end. */
const NOTE = `import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
const note = (what) => appendFileSync('notes', JSON.stringify({ who: WHO, what, pid: process.pid, args: process.argv, env: process.env }) + '\\n')
const end = () => { note('end'); process.exit(0) }
process.on('SIGTERM', end)
process.stdin.resume().on('close', end)
if (process.env.SERVER_FAILS && WHO === 'server') { console.error('The configuration has a problem'); process.exit(78) }
let another = Boolean(process.env.ANOTHER_ANSWERS_FIRST)
const server = createServer((_, res) => {
  note('asked')
  res.setHeader('x-pushlens-start', another ? 'another' : process.env.PUSHLENS_START_ID ?? '')
  another = false
  res.end()
})
server.listen(0, '127.0.0.1', () => {
  note('start')
  if (WHO === 'server') console.log('Open this address once: http://localhost:1/setup#token')
  console.log(JSON.stringify({ ready: true, port: server.address().port }))
})
`

const PARENT = `require('child_process').spawn(process.execPath, ['scripts/up.mjs'], { stdio: 'inherit' })`

interface Note {
  who: 'server' | 'emulator'
  what: 'start' | 'asked' | 'end'
  pid: number
  args: string[]
  env: Record<string, string>
}

/** Creates a project with the real start scripts that installs, builds and starts within a second. */
export function fakeProject() {
  const root = mkdtempSync(join(tmpdir(), 'pl-up-'))
  const put = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')
  const mjs = (path: string) => !path.endsWith('.ts')
  cpSync(join(PROJECT, 'scripts'), join(root, 'scripts'), { recursive: true, filter: mjs })
  for (const file of ['settings.mjs', 'network.mjs', 'listen.mjs'])
    cpSync(join(PROJECT, 'server', file), join(root, 'server', file))
  put('server/index.mjs', `const WHO = 'server'\n${NOTE}`)
  put('emulator/main.ts', `const WHO: string = 'emulator'\n${NOTE.replace('(what)', '(what: string)')}`)
  put('app/page.tsx', 'one')
  put('package.json', '{"type":"module"}')
  put('fake-next.cjs', NEXT)
  put('bin/npm', NPM)
  chmodSync(join(root, 'bin/npm'), 0o755)
  const running: ChildProcess[] = []
  return {
    root,
    put,
    read,
    steps: () => read('steps').split('\n').filter(Boolean),
    notes: (): Note[] =>
      read('notes')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    /** Runs the start script. `parent` adds a process in between, as npm does. */
    up(env: Record<string, string> = {}, parent?: 'parent') {
      const started = up(root, env, parent ? ['-e', PARENT] : ['scripts/up.mjs'])
      running.push(started.child)
      return started
    },
    async remove() {
      for (const child of running) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function up(root: string, env: Record<string, string>, args: string[]) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: `${join(root, 'bin')}:${process.env.PATH}`, PORT: '0', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  return {
    child,
    output: () => output,
    code: async () => (await ended)[0] as number | null,
    ready: () =>
      waitUntil(
        () => output.includes('Ctrl-C'),
        () => output,
      ),
  }
}

/** Waits until `condition` is true. Throws with the text of `details` after `timeoutMs`. */
export async function waitUntil(condition: () => boolean, details: () => string, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`timed out: ${details()}`)
    await pause(20)
  }
}

/** Returns whether the process is running. A zombie process does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const state = `/proc/${pid}/stat`
  return !existsSync(state) || !/^\d+ \(.*\) Z/.test(readFileSync(state, 'utf8'))
}
