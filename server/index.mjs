// @ts-check
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { closeApplication, frameAncestors, loadApplication } from './application.mjs'
import { door } from './door.mjs'
import { listen, listenProblem } from './listen.mjs'
import { answersPrivateAddresses, EX_CONFIG, readSettings } from './settings.mjs'
import { stopper } from './stop.mjs'
import { tally } from './tally.mjs'
import { answeredHealth, EX_UPGRADE, isUpgradeFailure, upgradeFailed } from './upgrade-failed.mjs'

/**
 * The only start path: `node server/index.mjs [--dev] [--end-with-parent]`. It binds the port first, so that a second
 * start fails before it changes anything. Then it loads the application; requests wait until it is ready.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const development = process.argv.includes('--dev')
const GRACE_MS = 10_000
/** V8 gives memory back only after some seconds without new objects. */
const SETTLED_MS = 10_000

// By default a busy heap may grow to four times its live size: 500 MB for 100 MB of data. At 50 %, an hour of
// readers needed 372 MB, more than the limit of 350.
setFlagsFromString('--heap-growing-percent=20')
setFlagsFromString('--expose-gc')

// The start script and its pipe may be gone while the database is closing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const { settings, problems } = readSettings(process.env)
if (problems.length > 0) fail(EX_CONFIG, ['The configuration has problems:', ...problems].join('\n  '))

const { server, port } = await listen(settings).catch((error) => fail(1, listenProblem(error, settings)))
const publicUrl = settings.publicUrl ?? new URL(`http://localhost:${port}`)

/** Whether the upgrade of the database failed. The process then serves a page that says what to do, and nothing else. */
let failedUpgrade = false
/** Before, an upgrade may take minutes. A process that seems dead would be ended in the middle of it. */
let started = false
const application = loadApplication({ root, development, host: settings.host, port, publicUrl, server })
  .catch((error) => {
    if (!isUpgradeFailure(error)) throw error
    failedUpgrade = true
    console.error(`Pushlens does not work. ${sentenceOf(error)}`)
    return upgradeFailed
  })
  .finally(() => {
    started = true
  })
const count = tally()
server.on('drop', () => count('a connection was refused: the server has too many'))
server.on(
  'request',
  door({
    handler: async (req, res) => (!started && answeredHealth(req, res)) || (await application)(req, res),
    rules: {
      publicUrl,
      trustProxy: settings.trustProxy,
      development,
      privateAddresses: answersPrivateAddresses(settings),
    },
    startId: process.env.PUSHLENS_START_ID || randomUUID(),
    onError: (error) => console.error(error),
    onAbort: () => count('a client disconnected while it sent a body'),
    frameAncestors: async (id) => {
      await application
      return frameAncestors(id)
    },
  }),
)

const stop = stopper(server, { graceMs: GRACE_MS, finish: closeApplication })
const end = () => stop().then((code) => process.exit(failedUpgrade ? EX_UPGRADE : code))
process.on('SIGTERM', end)
process.on('SIGINT', end)
if (process.argv.includes('--end-with-parent')) process.stdin.resume().on('close', end)

await application.catch((error) => fail(exitCodeOf(error), `Pushlens could not start. ${sentenceOf(error)}`))
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
console.log(JSON.stringify({ ready: true, version, url: publicUrl.origin, host: settings.host, port, failedUpgrade }))
if (answersPrivateAddresses(settings)) {
  const text =
    'PUBLIC_URL is not set: people of this private network can open http://<IP address of this machine> with the published port, without encryption. Links that Pushlens makes lead to this machine only. Set PUBLIC_URL to an https address'
  console.log(JSON.stringify({ level: 40, time: new Date().toISOString(), msg: text }))
}
// The start leaves 30 MB of empty space, which a quiet process would hold for hours. One collection is not enough.
const collectGarbage = runInNewContext('gc')
setTimeout(() => {
  collectGarbage()
  collectGarbage()
}, SETTLED_MS).unref()

/**
 * @param {number} code
 * @param {string} sentence
 * @returns {never}
 */
function fail(code, sentence) {
  console.error(sentence)
  process.exit(code)
}

/**
 * Returns the error message without the prefix that Next adds.
 * @param {unknown} error
 */
function sentenceOf(error) {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/^An error occurred while loading instrumentation hook: /, '')
}

/**
 * Returns the exit code of an application error, such as 78 for a wrong configuration; 1 by default.
 * @param {unknown} error
 */
function exitCodeOf(error) {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : 1
}
