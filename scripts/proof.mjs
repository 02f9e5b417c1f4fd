// @ts-check
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { endAll, run } from './processes.mjs'
import { proofPage } from './proof-page.mjs'
import { ensureSystem } from './system.mjs'

/**
 * Runs the heavy tests at full length, which takes some hours, and writes the results to `docs/proof.md`.
 * `npm run proof -- Outage Kill` runs only these and keeps the rest of the page.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
const folder = mkdtempSync(join(tmpdir(), 'pl-proof-'))
const { NODE_ENV: _, ...inherited } = process.env
const env = { ...inherited, PROOF: '1', NEXT_TELEMETRY_DISABLED: '1' }

const PAGE = 'docs/proof.md'
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=verbose']
const PLAYWRIGHT = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line']
/** @typedef {import('./proof-page.mjs').Dose} Dose */
/** @type {Dose[]} */
const doses = [
  dose(
    'Truth',
    'an initial fill of 30 days under every reading of the upstream; compares each window with the events',
    [...VITEST, 'lib/archive/collector-truth.test.ts'],
  ),
  dose('Outage', '200 worlds with six days of downtime, then late, duplicated and decreasing rows', [
    ...VITEST,
    'lib/archive/collector-outage.test.ts',
  ]),
  dose('Kill', 'writers killed at every step of a save and at random times, on both databases; PostgreSQL killed too', [
    ...VITEST,
    'lib/store/windows/window-crash.test.ts',
  ]),
  dose(
    'Key rotation',
    'processes killed while they replace the master key, beside a server that decrypts, on both databases',
    [...VITEST, 'lib/access/keys/rotate-key-kills.test.ts'],
  ),
  dose('Audit', 'random tamperings of the audit by somebody who owns the database, on both databases', [
    ...VITEST,
    'lib/store/people/audit-chain.test.ts',
  ]),
  dose('False alarms', '200 worlds without incident, each asked what changed on ten ranges', [
    ...VITEST,
    'lib/report/changes/false-alarms.test.ts',
  ]),
  dose('Same time', 'refused sign-ins of unknown people and wrong passwords, and wrong codes of each kind, timed', [
    ...VITEST,
    'lib/access/sign-in/same-time.test.ts',
  ]),
  dose('Shares', '10,000 random pairs of a scope and a query of a shared link, and refusals of links, timed', [
    ...VITEST,
    'lib/service/shares/view/scope-pairs.test.ts',
    'lib/access/shares/same-time.test.ts',
  ]),
  dose('Fuzz', '100,000 random requests at every route of the API, half of them on each database', [
    ...VITEST,
    'lib/http/fuzz.test.ts',
  ]),
  dose('Pressure', 'the built app under ten times the requests that it accepts, for an hour', [
    ...PLAYWRIGHT,
    'e2e/pressure.spec.ts',
  ]),
  dose('Guesses', '10,000 guesses of passwords, accounts and codes each, from 50 addresses, at the built app', [
    ...PLAYWRIGHT,
    'e2e/guesses.spec.ts',
  ]),
  dose('Disk full', 'the built app without disk space', [...PLAYWRIGHT, 'e2e/disk-full.spec.ts']),
  dose('Dead upstream', 'the built app during five kinds of upstream failure, ten minutes each', [
    ...PLAYWRIGHT,
    'e2e/dead-upstream.spec.ts',
  ]),
  dose('Image', 'the steps of the Dockerfile in a clean folder, its start, and 20 stops under load', [
    ...PLAYWRIGHT,
    'e2e/image.spec.ts',
  ]),
  dose('Replicas', 'three built apps on one PostgreSQL: kills, pauses of 30 s and wrong clocks, for ten minutes', [
    ...PLAYWRIGHT,
    'e2e/replicas.spec.ts',
  ]),
  dose('Memory', 'the built app with readers and collector for one hour', [...PLAYWRIGHT, 'e2e/memory.spec.ts']),
]

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(1))

await ensureInstalled(root)
const missing = await ensureSystem()
for (const sentence of missing) console.error(sentence)
if (missing.length > 0) end(1)
const named = process.argv.slice(2)
const unknown = named.find((name) => !doses.some((one) => one.name === name))
if (unknown) {
  console.error(`There is no proof test "${unknown}". The tests are: ${doses.map(({ name }) => name).join(', ')}.`)
  end(1)
}
const chosen = named.length === 0 ? doses : doses.filter(({ name }) => named.includes(name))
if (chosen.some(({ args }) => args.includes(PLAYWRIGHT[0]))) await ensureBuilt(root)

const facts = {
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  began: new Date(),
  machine: `${cpus().length} cores, ${Math.round(totalmem() / 1_073_741_824)} GB, Node ${process.version}, ${process.platform}`,
}
const writing = setInterval(write, 60_000)
/**
 * Stages run in turn. Within a stage the lists run side by side, and the tests of a list in turn. Tests that assert times,
 * or how much was done in a time, have few others beside them.
 */
const STAGES = [
  [['Same time', 'Shares', 'Guesses', 'Kill', 'Image']],
  // The tests of the second list mostly wait.
  [['Pressure'], ['Replicas', 'Dead upstream']],
  [['Memory'], ['Disk full', 'Truth', 'False alarms', 'Fuzz'], ['Outage', 'Key rotation', 'Audit']],
]
for (const lines of STAGES) await Promise.all(lines.map(runInTurn))
clearInterval(writing)
write()
end(chosen.every((one) => one.passed) ? 0 : 1)

/**
 * @param {string} name
 * @param {string} what
 * @param {string[]} args
 */
function dose(name, what, args) {
  return {
    name,
    what,
    args,
    passed: /** @type {boolean | null} */ (null),
    seconds: 0,
    figures: /** @type {string[]} */ ([]),
  }
}

/** @param {string[]} names */
async function runInTurn(names) {
  for (const name of names) {
    const one = chosen.find((candidate) => candidate.name === name)
    if (one) await runDose(one)
  }
}

/** @param {Dose} one */
async function runDose(one) {
  const began = Date.now()
  const own = join(folder, one.name)
  const output = one.args.includes('test') ? ['--output', join(folder, `${one.name} output`)] : []
  const code = await run(process.execPath, [...one.args, ...output], { env: { ...env, PROOF_FIGURES: own } })
  Object.assign(one, { passed: code === 0, seconds: Math.round((Date.now() - began) / 1_000) })
  console.log(`${code === 0 ? '✓' : '✗'} ${one.name} (${one.seconds} s)`)
  write()
}

function write() {
  for (const one of chosen) {
    const own = join(folder, one.name)
    if (existsSync(own)) one.figures = readFileSync(own, 'utf8').trim().split('\n')
  }
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : ''
  writeFileSync(PAGE, proofPage(facts, doses, { chosen, before }))
}

/** @param {number} code */
function end(code) {
  endAll()
  rmSync(folder, { recursive: true, force: true })
  process.exit(code)
}
