// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * Starts the server once on an empty database and stops it, so that Node stores the compiled code in NODE_COMPILE_CACHE.
 * It runs when the image is made, where the folder is still writable.
 */
const folder = mkdtempSync(join(tmpdir(), 'pl-compile-'))
const variables = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: `sqlite:${join(folder, 'pushlens.db')}` }
const child = spawn(process.execPath, ['server/index.mjs'], {
  env: { ...process.env, ...variables, COLLECTOR: 'off', LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = once(child, 'exit')
createInterface({ input: child.stdout }).on('line', async (line) => {
  if (!line.startsWith('{"ready":true')) return
  const { port } = JSON.parse(line)
  // The page that a first start shows.
  await fetch(`http://localhost:${port}/setup`).then((answer) => answer.text())
  child.kill('SIGTERM')
})
const [code] = await ended
rmSync(folder, { recursive: true })
process.exit(code ?? 1)
