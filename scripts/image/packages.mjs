// @ts-check
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { build } from 'esbuild'

/** Next traces the packages of its image optimizer, which is switched off, and of some packages every file. */
const UNUSED = /^node_modules\/(sharp|@img|semver|detect-libc)\/|\/tests?\/|\.test\.|\.[cm]?ts$/
/** The trace of Next's own server. Every page and route has one of its own. */
const SERVER_TRACE = '.next/next-server.js.nft.json'
/** What a custom server loads. Next traces its own server only. */
const ENTRY = 'node_modules/next/dist/server/next.js'
/** What it loads in development only, the tools of the build, and what is in Next's trace already. */
const NOT_FOLLOWED =
  /\/next\/dist\/(server\/(dev|next-server)|build\/(?!output|duration|next-config-ts)|compiled\/(next-server|webpack|babel)|telemetry\/events|esm)|\/node_modules\/(?!next\/|@next\/env|@swc\/helpers)|\.map$/

/**
 * Returns the files of packages that the built application loads, relative to the project. The build has traced them.
 * @param {string} root
 * @returns {Promise<string[]>}
 */
export async function tracedFiles(root) {
  const traces = [SERVER_TRACE, ...walk(root, '.next/server').filter((path) => path.endsWith('.nft.json'))]
  const files = new Set(['node_modules/next/package.json', ...(await customServer(root)), ...sqliteBinary(root)])
  for (const trace of traces) {
    const folder = dirname(join(root, trace))
    for (const file of JSON.parse(readFileSync(join(root, trace), 'utf8')).files) {
      const path = relative(root, resolve(folder, file))
      if (path.startsWith('node_modules/') && !UNUSED.test(path)) files.add(path)
    }
  }
  return [...files].filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile()).sort()
}

/**
 * Follows the requires of a custom server. What cannot be resolved is optional.
 * @param {string} root
 */
async function customServer(root) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'unused',
    platform: 'node',
    preserveSymlinks: true,
    logLevel: 'silent',
    plugins: [
      {
        name: 'production-only',
        setup({ onResolve, resolve: find }) {
          onResolve({ filter: /.*/ }, async ({ path, pluginData, kind, resolveDir }) => {
            if (pluginData === 'asked' || kind === 'entry-point') return null
            const found = await find(path, { kind, resolveDir, pluginData: 'asked' })
            const left = found.external || found.errors.length > 0 || NOT_FOLLOWED.test(found.path)
            return left ? { path, external: true } : { path: found.path }
          })
        },
      },
    ],
  })
  const inputs = Object.keys(metafile.inputs)
  // A package of Next's own is found through its package.json.
  return [...inputs, ...inputs.map((path) => join(dirname(path), 'package.json'))]
}

/**
 * Returns the compiled part of SQLite for this machine, which is found by a name made up at run time.
 * @param {string} root
 */
function sqliteBinary(root) {
  return walk(root, `node_modules/@photostructure/sqlite/prebuilds/${process.platform}-${process.arch}`)
}

/**
 * Returns the names of the packages that have one of these files.
 * @param {string[]} files
 */
export function packagesOf(files) {
  return [
    ...new Set(
      files.map((file) => {
        const [scope = '', name = ''] = file.slice('node_modules/'.length).split('/')
        return scope.startsWith('@') ? `${scope}/${name}` : scope
      }),
    ),
  ]
}

/**
 * Returns all files below a folder, relative to `root`. Does not follow links.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
export function walk(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(root, path) : [path]
  })
}
