// @ts-check
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readDockerfile, readIgnored, readVariables } from './dockerfile.mjs'
import { walk } from './packages.mjs'

/**
 * Executes the steps of our Dockerfile in a folder, for machines without a container engine. What differs from an image:
 * the base is this machine's Node and tools, each stage is a folder, and absolute paths of the steps are inside of it.
 * @typedef {{ folder: string, workdir: string, env: Record<string, string>, volumes: string[], command: string[], health: string[] }} Image
 */

/** The user that takes the place of the image's own. Only root can become it. */
export const NOBODY = process.getuid?.() === 0 ? 65_534 : (process.getuid?.() ?? 0)
/** Paths of this machine. Every other absolute path of a step belongs to the stage. */
const MACHINE = /(?<=^|[\s=:"'])\/(?!(?:bin|dev|etc|proc|tmp|usr)\b)(?=\w)/g

/**
 * Runs all stages. `shared` names commands whose result in the checkout is linked instead of made again.
 * @param {string} root the checkout
 * @param {string} out an empty folder
 * @param {{ shared?: Record<string, string> }} [options] the folder that is the result of each command
 * @returns {Image}
 */
export function runSteps(root, out, { shared = {} } = {}) {
  const ignored = readIgnored(readFileSync(join(root, '.dockerignore'), 'utf8'))
  /** @type {Image | undefined} */
  let last
  for (const { name, steps } of readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'))) {
    const folder = join(out, name)
    mkdirSync(folder, { recursive: true })
    last = { folder, workdir: folder, env: {}, volumes: [], command: [], health: [] }
    for (const step of steps) runStep(last, step, { root, out, ignored, shared })
  }
  if (!last) throw new Error('the Dockerfile has no stage')
  chmodSync(out, 0o755)
  return last
}

/**
 * @param {Image} image
 * @param {import('./dockerfile.mjs').Step} step
 * @param {{ root: string, out: string, ignored: (path: string) => boolean, shared: Record<string, string> }} from
 */
function runStep(image, { instruction, text }, { root, out, ignored, shared }) {
  const { folder } = image
  const here = (/** @type {string} */ some) => some.replace(MACHINE, `${folder}/`)
  if (instruction === 'ENV') Object.assign(image.env, readVariables(here(text)))
  else if (instruction === 'VOLUME') image.volumes.push(here(text))
  else if (instruction === 'CMD') image.command = JSON.parse(text)
  else if (instruction === 'HEALTHCHECK') image.health = JSON.parse(text.slice(text.indexOf('[')))
  else if (instruction === 'WORKDIR') {
    image.workdir = here(text)
    mkdirSync(image.workdir, { recursive: true })
  } else if (instruction === 'COPY') {
    const [, stage, sources = ''] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(text) ?? []
    copy(image, sources.split(/\s+/), stage ? join(out, stage) : null, { root, ignored })
  } else if (instruction === 'RUN') {
    const result = shared[text]
    if (result) symlinkSync(join(root, result), join(image.workdir, result))
    else run(image, here(text).replaceAll('node:node', `${NOBODY}:${NOBODY}`))
  }
}

/**
 * @param {Image} image
 * @param {string[]} parts sources, then the target
 * @param {string | null} stage the folder of another stage
 * @param {{ root: string, ignored: (path: string) => boolean }} context
 */
function copy({ workdir }, parts, stage, { root, ignored }) {
  const target = resolve(workdir, parts.at(-1) ?? '.')
  for (const source of parts.slice(0, -1)) {
    if (stage) {
      cpSync(join(stage, source), target, { recursive: true, verbatimSymlinks: true })
    } else if (source === '.') {
      for (const name of readdirSync(root).filter((one) => !ignored(one))) copyTree(root, name, target, ignored)
    } else {
      copyTree(root, source, target, ignored)
    }
  }
}

/**
 * @param {string} root
 * @param {string} name
 * @param {string} target
 * @param {(path: string) => boolean} ignored
 */
function copyTree(root, name, target, ignored) {
  const prefix = root.endsWith('/') ? root.length : root.length + 1
  cpSync(join(root, name), join(target, name), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !ignored(path.slice(prefix)),
  })
}

/**
 * @param {Image} image
 * @param {string} command
 */
function run({ workdir, env }, command) {
  const { HOME = '/root' } = process.env
  const path = `${dirname(process.execPath)}:${process.env.PATH}`
  execFileSync('/bin/sh', ['-ec', command], {
    cwd: workdir,
    env: { NODE_ENV: 'development', HOME, ...env, PATH: path },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/**
 * Returns the bytes of a folder's files.
 * @param {string} folder
 * @returns {number}
 */
export function bytesOf(folder) {
  return walk(folder, '.').reduce((sum, file) => sum + lstatSync(join(folder, file)).size, 0)
}
