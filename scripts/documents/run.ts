import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { version } from '../../package.json' with { type: 'json' }
import { runCommand } from '../cli'
import { startSummary } from '../start-summary.mjs'
import { matches, withValues } from './compare'
import type { Shown } from './fences'

const ROOT = join(import.meta.dirname, '../..')
/** A command of the command line: its variables, whether npm is silent, its words, and the file that it reads. */
const COMMAND_LINE = /^((?:[A-Z_]+=\S+ )*)npm run (--silent )?cli(?: -- ([^<]*))?(?:< (\S+))?$/
/** The folders that pages name, and their files in a test. */
const FOLDERS = { '/opt/pushlens/data': 'data', '/etc/pushlens': 'secrets' }
/** Files with secrets that pages name. */
const SECRET_FILES = ['key', 'master.key', 'metrics-token', 'oidc-secret', 'bucket-key']
const SECRET = '5f1c9a7e3b2d8046a1c5e9f3b7d2086c4e1a9f5d3b7c2e8064a1d9f5c3b7e208'

/** A folder with the data and secrets of one page. */
export interface Place {
  path: string
  variables: Record<string, string>
  /** Returns a text of the page with the folders of this test. */
  here(text: string): string
  /** Returns a text of this test with the folders of the page. */
  there(text: string): string
  remove(): void
}

export function newPlace(): Place {
  const path = mkdtempSync(join(tmpdir(), 'pl-docs-'))
  for (const folder of Object.values(FOLDERS)) mkdirSync(join(path, folder), { mode: 0o700 })
  for (const file of SECRET_FILES) writeFileSync(join(path, 'secrets', file), SECRET, { mode: 0o600 })
  const folders = Object.entries(FOLDERS).map(([shown, name]) => [shown, join(path, name)] as const)
  return {
    path,
    variables: {
      DATABASE_URL: `sqlite:${join(path, 'data/pushlens.db')}`,
      PUBLIC_URL: 'https://push.example.com',
      LOG_LEVEL: 'silent',
    },
    here: (given) => folders.reduce((rest, [shown, real]) => rest.replaceAll(shown, real), given),
    there: (given) => folders.reduce((rest, [shown, real]) => rest.replaceAll(real, shown), given),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** What a command printed, with the folders that the page names. */
export interface Outcome {
  text: string
  exitCode: number
}

/** Runs the commands of a page in their order. Returns what differs from the page. */
export async function differences(shown: Shown[], run: (command: string) => Promise<Outcome>): Promise<string[]> {
  const pairs = new Map<string, string>()
  const wrong: string[] = []
  for (const { command, expected, exitCode, line } of shown) {
    const outcome = await run(withValues(command, pairs))
    const isSame = outcome.exitCode === exitCode && matches(expected.join('\n'), outcome.text, pairs)
    if (!isSame) wrong.push(`line ${line}: ${command}\nprinted, and ended with ${outcome.exitCode}:\n${outcome.text}`)
  }
  return wrong
}

/** Runs a command of a page: of the command line, or `npm run up`, whose summary needs no build. */
export async function runShown(command: string, place: Place): Promise<Outcome> {
  if (command === 'npm run up') return { text: summary(place), exitCode: 0 }
  const parts = COMMAND_LINE.exec(command)
  if (!parts) throw new Error(`no rule says how to run: ${command}`)
  const [, variables = '', silent, rest = '', file] = parts
  const given = Object.fromEntries(
    variables
      .trim()
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('=')),
  )
  const args = wordsOf(place.here(rest))
  const env = { ...place.variables, ...given }
  const outcome = await (silent || file ? asProcess(args, env, file && place.here(file)) : inProcess(args, env))
  return { ...outcome, text: place.there(outcome.text) }
}

/** Runs a command within this process, which is ten times faster. */
async function inProcess(args: string[], env: Record<string, string>): Promise<Outcome> {
  const before = { ...process.env }
  Object.assign(process.env, env)
  try {
    return await runCommand(args)
  } finally {
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

/** Runs a command by npm, as people do. `file` is its standard input. Only what it prints to standard output counts. */
async function asProcess(args: string[], env: Record<string, string>, file: string | undefined): Promise<Outcome> {
  const input = file === undefined ? 'ignore' : openSync(file, 'r')
  const child = spawn('npm', ['run', '--silent', 'cli', '--', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: [input, 'pipe', 'inherit'],
  })
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)))
  const printed = child.stdout ? await text(child.stdout) : ''
  if (typeof input === 'number') closeSync(input)
  return { text: printed.trimEnd(), exitCode: await ended }
}

function summary(place: Place): string {
  const steps = [
    { name: 'install', ms: 20_100 },
    { name: 'build', ms: 16_400 },
    { name: 'start', ms: 1_900 },
  ]
  const url = 'http://localhost:3000'
  const setupLink = `${url}/setup#${'x'.repeat(43)}`
  const facts = {
    version,
    limits: [],
    url,
    network: [],
    setupLink,
    adminEmail: undefined,
    demo: true,
    example: null,
    steps,
  }
  return place.there(startSummary({ ...facts, data: join(place.path, 'data') }))
}

/** Splits a command at its spaces, except within double quotes. */
function wordsOf(command: string): string[] {
  return (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
}
