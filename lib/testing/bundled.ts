import { createHash } from 'node:crypto'
import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, buildSync } from 'esbuild'

/** Beside the packages, so that a bundle finds those that it imports. */
const FOLDER = join('node_modules', '.cache', 'pushlens-tests')
const made = new Map<string, string>()

/**
 * Bundles a TypeScript program of the checkout and returns the arguments that run it with Node. Tests start many processes,
 * and each would spend a second on translating several hundred modules.
 */
export function bundled(entry: string): string[] {
  return argumentsOf(entry, { entryPoints: [entry] })
}

/** The same for a program text, whose imports are relative to the root of the checkout. */
export function bundledText(contents: string): string[] {
  return argumentsOf(contents, { stdin: { contents, resolveDir: process.cwd(), loader: 'ts' } })
}

function argumentsOf(key: string, input: BuildOptions): string[] {
  const path = made.get(key) ?? write(createHash('sha256').update(key).digest('hex').slice(0, 12), input)
  made.set(key, path)
  return ['--conditions=react-server', path]
}

/** Other processes may bundle and run the same program, so the file appears whole. */
function write(name: string, input: BuildOptions): string {
  const folder = join(process.cwd(), FOLDER)
  mkdirSync(folder, { recursive: true })
  const [unfinished, path] = [join(folder, `${name}.${process.pid}`), join(folder, `${name}.mjs`)]
  buildSync({
    ...input,
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    conditions: ['react-server'],
    logLevel: 'warning',
  })
  renameSync(unfinished, path)
  return path
}
