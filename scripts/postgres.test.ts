import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'

const MODULE = new URL('postgres.mjs', import.meta.url).href
const START = `const { startPostgres } = await import('${MODULE}')
console.log((await startPostgres()).url)
setInterval(() => {}, 1_000)`

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a temporary PostgreSQL ends and its folder is removed when its process is killed', async () => {
  const owner = spawn(process.execPath, ['--input-type=module', '-e', START], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve) =>
    owner.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
  )
  const folder = new URL(url).searchParams.get('host') ?? ''
  const pid = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  expect(isRunning(pid)).toBe(true)
  owner.kill('SIGKILL')
  await vi.waitFor(() => expect([isRunning(pid), existsSync(folder)]).toEqual([false, false]), { timeout: 20_000 })
}, 60_000)
