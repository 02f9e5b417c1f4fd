import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../e2e/testing/server'
import { type Figure, printFigure } from './figures'

const LIMIT_S = 60
const GIVE_UP_S = 300
const ROOT = join(import.meta.dirname, '..')

/** Measures `npm run up` on a bare checkout of the last commit, from the command to the first page, and its steps. */
export async function bareStartFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pl-up-'))
  const port = await freePort()
  execFileSync('git', ['clone', '--quiet', ROOT, folder])
  const began = performance.now()
  const up = spawn(process.execPath, ['scripts/up.mjs'], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  up.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  try {
    await readyLine(up, () => printed)
    const value = (performance.now() - began) / 1_000
    const page = await fetch(`http://localhost:${port}/`)
    if (!page.ok) throw new Error(`the first page answered ${page.status}`)
    const note = /Took +(.+)/.exec(printed)?.[1] ?? ''
    const what = 'npm run up on a bare checkout, until the first page'
    return [printFigure({ what, value, unit: 's', limit: { most: LIMIT_S }, note })]
  } finally {
    up.kill('SIGTERM')
    if (up.exitCode === null) await once(up, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits for the closing lines, which are printed once the server answers. */
async function readyLine(up: ReturnType<typeof spawn>, printed: () => string): Promise<void> {
  const giveUp = AbortSignal.timeout(GIVE_UP_S * 1_000)
  while (!printed().includes('Ctrl-C')) {
    if (up.exitCode !== null) throw new Error(`npm run up ended with ${up.exitCode}`)
    await Promise.race([once(up.stdout ?? up, 'data', { signal: giveUp }), once(up, 'exit', { signal: giveUp })])
  }
}
