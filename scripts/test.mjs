import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { endAll, run } from './processes.mjs'
import { ensureSystem } from './system.mjs'
import { browserFailures, unitFailures } from './test-failures.mjs'

/** Runs every check that a change must pass, then names what failed. The last line is `N passed, N failed`. */
const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
const { NODE_ENV: _, ...inherited } = process.env
const env = {
  ...inherited,
  NEXT_TELEMETRY_DISABLED: '1',
  PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
}
// In memory where there is room: thousands of small databases would wait for the disk.
const memory = '/dev/shm'
if (existsSync(memory) && roomOf(memory) > 4_000_000_000) env.TMPDIR = memory
const reports = mkdtempSync(join(env.TMPDIR ?? tmpdir(), 'pl-test-'))
const total = { passed: 0, failed: 0 }
/** @type {string[]} */
const failures = []
let ended = false

function roomOf(folder) {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

function end(code) {
  if (ended) return
  ended = true
  endAll()
  rmSync(reports, { recursive: true, force: true })
  for (const failure of failures) console.log(`✗ ${failure}`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(1))

async function step(name, command, args) {
  const began = Date.now()
  const code = await run(command, args, { env })
  total[code === 0 ? 'passed' : 'failed'] += 1
  if (code !== 0) failures.push(name)
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - began) / 1_000).toFixed(1)} s)`)
  return code === 0
}

/** Runs a test runner and adds up the counts of its report. A runner that dies without a report counts as one failure. */
async function suite(name, file, args, read) {
  const report = join(reports, file)
  const code = await run(args[0], args.slice(1), { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } })
  const counted = existsSync(report)
    ? read(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 1, failures: [`${name}: no report`] }
  total.passed += counted.passed
  total.failed += counted.failed + (code !== 0 && counted.failed === 0 ? 1 : 0)
  failures.push(...counted.failures)
  console.log(`${code === 0 ? '✓' : '✗'} ${name}: ${counted.passed} passed, ${counted.failed} failed`)
}

await ensureInstalled(root)
const missing = await ensureSystem()
for (const sentence of missing) console.error(sentence)
if (missing.length > 0) {
  total.failed += missing.length
  end(1)
}

const built = await step('build', process.execPath, ['scripts/build.mjs'])
await step('types', 'tsc', ['--noEmit'])
await step('lint', 'biome', ['check', '--error-on-warnings', '.'])
await step('unused code', 'knip', [])
await suite(
  'unit, architecture and store',
  'vitest.json',
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'vitest.json')}`],
  (r) => ({
    passed: r.numPassedTests,
    failed: r.numTotalTests - r.numPassedTests - r.numPendingTests - r.numTodoTests,
    failures: unitFailures(r, root.replace(/\/$/, '')),
  }),
)
if (built) {
  await suite('browser', 'playwright.json', ['playwright', 'test', '--reporter=list,json'], (r) => ({
    passed: r.stats.expected,
    failed: r.stats.unexpected + r.stats.flaky,
    failures: browserFailures(r),
  }))
}
end(total.failed === 0 && total.passed > 0 ? 0 : 1)
