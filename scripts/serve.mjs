// @ts-check
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { EX_CONFIG, readSettings } from '../server/settings.mjs'
import { ensureBuilt, SERVING, servedBy } from './build.mjs'
import { addressProblem, memoryProblem, networkAddresses, portProblem, probeOrigin } from './checks.mjs'
import { dataFolder, demoExample, demoVariables, demoWanted, demoWorld, fillDemo, startDemoEmulator } from './demo.mjs'
import { loadDotEnv } from './environment.mjs'
import { ensureInstalled } from './install.mjs'
import { filterOutput } from './output.mjs'
import { endAll } from './processes.mjs'
import { startService } from './services.mjs'
import { buildStamp, installStamp } from './stamp.mjs'
import { limitsOf, startSummary } from './start-summary.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const READY_WITHIN_MS = 90_000
const FILL_EVERY_MS = 3_600_000

/** Stops the start with a message and an exit code. */
class Stop extends Error {
  /** @param {number} code @param {string} sentence */
  constructor(code, sentence) {
    super(sentence)
    this.code = code
  }
}

/** @type {ReturnType<typeof startService>[]} in the order of stopping: the server before the emulator */
const services = []
/** @type {Promise<never> | null} */
let ending = null
/** Whether this process marked the build as being served. */
let marked = false

/**
 * Stops everything once, even if called again.
 * @param {number} code
 */
function end(code) {
  ending ??= (async () => {
    endAll()
    for (const service of services) await service.stop()
    if (marked) rmSync(join(root, SERVING), { force: true })
    process.exit(code)
  })()
  return ending
}

/**
 * Installs, builds and starts what is needed. Runs until it is stopped or the server ends.
 * @param {{ development: boolean }} options
 */
export async function serve({ development }) {
  const stop = () => end(services.length > 0 ? 0 : 130)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  whenOrphaned(stop)
  try {
    loadDotEnv(root)
    const { settings, problems } = readSettings(process.env)
    if (problems.length > 0) throw new Stop(EX_CONFIG, ['The configuration has problems:', ...problems].join('\n  '))
    const steps = await prepare(settings, development)
    await end(await run(settings, development, steps))
  } catch (error) {
    if (ending) return ending
    console.error(error instanceof Error ? error.message : error)
    await end(error instanceof Stop ? error.code : 1)
  }
}

/**
 * Calls `then` when the parent process changes. npm does not forward signals, so stopping `npm run up` stops only npm.
 * @param {() => void} then
 */
function whenOrphaned(then) {
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && then(), 250)
}

/** @typedef {import('../server/settings.mjs').Settings} Settings */

/**
 * @param {Settings} settings
 * @param {boolean} development
 * @returns {Promise<import('./start-summary.mjs').Step[]>} what was done, with the time it took
 */
async function prepare(settings, development) {
  const due = !installStamp(root).isCurrent() || !(development || buildStamp(root).isCurrent())
  const problem = addressProblem(settings) ?? (await portProblem(settings)) ?? (due ? memoryProblem() : null)
  if (problem) throw new Stop(1, problem)
  const steps = [await timed('install', () => ensureInstalled(root))]
  if (!development) steps.push(await timed('build', () => ensureBuilt(root)))
  return steps.filter((step) => step !== null)
}

/**
 * @param {string} name
 * @param {() => Promise<boolean>} step returns whether there was anything to do
 */
async function timed(name, step) {
  const began = performance.now()
  return (await step()) ? { name, ms: performance.now() - began } : null
}

/**
 * @param {Settings} settings
 * @param {boolean} development
 * @param {import('./start-summary.mjs').Step[]} steps done before
 * @returns {Promise<number>} the server's exit code, once it ends
 */
async function run(settings, development, steps) {
  const began = performance.now()
  const demo = demoWanted(process.env, settings.publicUrl)
  const data = dataFolder(process.env, root)
  const { variables, controlPort } = demo ? await startDemo(data) : { variables: {}, controlPort: undefined }
  const env = { ...process.env, ...variables }
  const example = demoExample(controlPort)
  const startId = randomUUID()
  const verbose = development || Boolean(process.env.LOG_LEVEL)
  const output = filterOutput({ verbose, print: (line) => console.log(line) })
  const server = startService(['server/index.mjs', '--end-with-parent', ...(development ? ['--dev'] : [])], {
    cwd: root,
    env: { ...env, PUSHLENS_START_ID: startId, NEXT_TELEMETRY_DISABLED: '1' },
    onLine: output.line,
  })
  services.unshift(server)
  if (!development && !servedBy(root)) {
    writeFileSync(join(root, SERVING), String(server.pid))
    marked = true
  }
  const begun = await server.ready
  const port = begun?.port ?? null
  if (begun?.failedUpgrade) {
    output.release()
    console.error('Nothing works until that is done. Every page says so. Stop with Ctrl-C.')
    return server.ended
  }
  if (port !== null) await untilReady(`${probeOrigin({ ...settings, port })}/readyz`, startId)
  output.release()
  if (port !== null) {
    const url = settings.publicUrl?.origin ?? `http://localhost:${port}`
    const { ADMIN_EMAIL: adminEmail } = process.env
    steps.push({ name: 'start', ms: performance.now() - began })
    if (controlPort !== undefined) keepDemoFilled({ url, controlPort, env })
    const network = networkAddresses({ ...settings, port })
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const limits = limitsOf(process.env, { demo })
    const facts = {
      version,
      limits,
      url,
      network,
      setupLink: output.setupLink(),
      adminEmail,
      data,
      demo,
      example: await example,
      steps,
    }
    console.log(startSummary(facts))
  }
  return server.ended
}

/** @param {string} data */
async function startDemo(data) {
  const world = demoWorld(data, Math.floor(Date.now() / 1_000))
  const emulator = startDemoEmulator(root, world)
  services.push(emulator)
  const ready = await emulator.ready
  if (ready === null)
    throw new Stop(1, 'The Tencent emulator did not start. To start without the demo: DEMO=off npm run up')
  emulator.ended.then(() => ending ?? console.error('The Tencent emulator has ended. The demo gets no new data.'))
  return { variables: demoVariables(world.key, ready.port), controlPort: ready.controlPort }
}

/**
 * Registers the campaigns of the demo now, and new ones every hour.
 * @param {Parameters<typeof fillDemo>[1]} demo
 */
function keepDemoFilled(demo) {
  const fill = async () => {
    if (!ending && !(await fillDemo(root, demo)) && !ending)
      console.error('The demo could not register its campaigns. The reason is above. Everything else works.')
  }
  fill()
  setInterval(fill, FILL_EVERY_MS).unref()
}

/**
 * Polls until the started server is ready. Ignores another server on the same port.
 * @param {string} address
 * @param {string} startId
 */
async function untilReady(address, startId) {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (answer?.ok && answer.headers.get('x-pushlens-start') === startId) return
    if (Date.now() > deadline)
      throw new Stop(1, 'Pushlens started but is not ready in time. Set LOG_LEVEL=debug for details.')
    await pause(100)
  }
}
