// @ts-check
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { packagesOf, tracedFiles, walk } from './packages.mjs'

/**
 * `node scripts/image/collect.mjs FOLDER`: copies what the built application and the command line need to run into an
 * empty folder. The image has nothing else: no sources, no build tools, no package that is not loaded.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const out = resolve(process.argv[2] ?? '')
if (!process.argv[2] || existsSync(join(out, 'package.json'))) throw new Error('Name an empty folder.')

/** Of the build: traces, caches and types are read by tools only. */
const UNREAD = /\.nft\.json$|^\.next\/(cache|diagnostics|types|build|trace|trace-build|lock|\.stamp|\.serving)(\/|$)/

const traced = await tracedFiles(root)
const ours = [...walk(root, 'server'), ...(existsSync(join(root, 'public')) ? walk(root, 'public') : [])]
const files = [...ours.filter((path) => !/\.test\.|\/testing\//.test(path)), ...walk(root, '.next'), ...traced]
for (const file of files.filter((path) => !UNREAD.test(path))) {
  mkdirSync(dirname(join(out, file)), { recursive: true })
  // Links of the build lead to packages, relative to their own place.
  cpSync(join(root, file), join(out, file), { verbatimSymlinks: true })
}
await bundleCommandLine()
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)

/** Writes the command line as one file, so that the image needs no TypeScript. Packages of the server stay packages. */
async function bundleCommandLine() {
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/cli.ts'],
    outfile: join(out, 'cli.mjs'),
    bundle: true,
    platform: 'node',
    preserveSymlinks: true,
    format: 'esm',
    target: 'node20',
    conditions: ['react-server'],
    external: packagesOf(traced),
    alias: { 'server-only': './node_modules/server-only/empty.js' },
    // What is bundled of CommonJS asks for the modules of Node with `require`.
    banner: { js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)" },
    logLevel: 'warning',
  })
}

/** `npm run cli` works as in a checkout. */
function manifest() {
  const { name, version, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return { name, version, private: true, type: 'module', engines, scripts: { cli: 'node cli.mjs' } }
}
