// @ts-check
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { run } from './processes.mjs'
import { startService } from './services.mjs'

const SDK_APP_ID = '1400187352'
/** Milliseconds between two calls of an endpoint: short, so that 30 days are there within seconds. */
const SPACING_MS = '5'
const TYPESCRIPT = ['--conditions=react-server', '--import', 'tsx']
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Returns whether to start the demo: no app is configured and only this machine can connect. DEMO=off disables it. Any
 * TIM_ variable counts as a configured app, so that a misspelt one is reported and not hidden by the demo.
 * @param {Record<string, string | undefined>} env
 * @param {URL | null} publicUrl
 */
export function demoWanted(env, publicUrl) {
  const intended = Object.keys(env).some((name) => name.startsWith('TIM_') && env[name])
  return env.DEMO !== 'off' && !intended && (!publicUrl || LOOPBACK.test(publicUrl.hostname))
}

/**
 * Returns the data folder: the folder of the SQLite file, or `data/`.
 * @param {Record<string, string | undefined>} env
 * @param {string} root
 */
export function dataFolder(env, root) {
  const url = env.DATABASE_URL || 'sqlite:./data/pushlens.db'
  return url.startsWith('sqlite:') ? dirname(resolve(root, url.slice('sqlite:'.length))) : join(root, 'data')
}

/**
 * Returns the demo app's key and the anchor of its invented history. They are created once and stored, so that the
 * archive still matches the emulator after a restart.
 * @param {string} folder
 * @param {number} now epoch seconds
 * @returns {{ key: string, anchor: number }}
 */
export function demoWorld(folder, now) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'demo.json')
  try {
    const world = { key: randomBytes(32).toString('hex'), anchor: now }
    writeFileSync(path, JSON.stringify(world), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return JSON.parse(readFileSync(path, 'utf8'))
}

/**
 * Starts the Tencent emulator.
 * @param {string} root
 * @param {{ key: string, anchor: number }} world
 */
export function startDemoEmulator(root, { key, anchor }) {
  const app = ['--sdkappid', SDK_APP_ID, '--anchor', String(anchor)]
  const own = ['--port', '0', '--control-port', '0', '--spacing-ms', SPACING_MS, '--end-with-parent']
  const args = [...TYPESCRIPT, 'emulator/main.ts', ...app, ...own]
  const onLine = (/** @type {string} */ line, /** @type {string} */ stream) =>
    stream === 'stderr' && console.error(line)
  // Not an argument: other users of the machine can see those.
  return startService(args, { cwd: root, env: { ...process.env, EMULATOR_KEY: key }, onLine })
}

/**
 * Returns a push that its vendor refused, because nobody can guess invented IDs; null if the emulator has none.
 * @param {number | undefined} controlPort
 * @returns {Promise<{ taskId: string, userId: string } | null>}
 */
export async function demoExample(controlPort) {
  if (controlPort === undefined) return null
  const signal = AbortSignal.timeout(10_000)
  const answer = await fetch(`http://127.0.0.1:${controlPort}/truth/pushes?limit=1`, { signal }).catch(() => null)
  if (!answer?.ok) return null
  /** @type {{ items: { case: string, taskId?: string, userId: string }[] }} */
  const { items } = await answer.json()
  const found = items.find((item) => item.case === 'refused by vendor' && item.taskId)
  return found?.taskId ? { taskId: found.taskId, userId: found.userId } : null
}

/**
 * Registers campaigns and looks up pushes in a running demo, through its API.
 * @param {string} root
 * @param {{ url: string, controlPort: number, env: NodeJS.ProcessEnv }} demo env of the server
 * @returns {Promise<boolean>} whether it worked
 */
export async function fillDemo(root, { url, controlPort, env }) {
  const args = [...TYPESCRIPT, 'scripts/demo-content.ts', '--url', url, '--control-port', String(controlPort)]
  return (await run(process.execPath, args, { cwd: root, env })) === 0
}

/**
 * Returns the variables that connect Pushlens to the emulator.
 * @param {string} key
 * @param {number} port
 */
export function demoVariables(key, port) {
  return {
    DEMO: 'on',
    TIM_SDKAPPID: SDK_APP_ID,
    TIM_SECRET_KEY: key,
    TIM_ADMIN_ID: 'administrator',
    TIM_BASE_URL: `http://127.0.0.1:${port}`,
    TIM_NAME: 'Demo shop',
    UPSTREAM_SPACING_MS: SPACING_MS,
  }
}
