// @ts-check
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './processes.mjs'

/**
 * Runs a command and prints its output only if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} the exit code
 */
export async function runCaptured(command, args, options) {
  const folder = mkdtempSync(join(tmpdir(), 'pl-run-'))
  const path = join(folder, 'output')
  const output = openSync(path, 'w')
  try {
    const code = await run(command, args, { ...options, stdio: ['ignore', output, output] })
    if (code !== 0) console.error(readFileSync(path, 'utf8').trimEnd())
    return code
  } finally {
    closeSync(output)
    rmSync(folder, { recursive: true, force: true })
  }
}
