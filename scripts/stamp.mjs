// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folders a build reads. A test holds that every folder of the project is either here or known to be none. */
export const BUILD_FOLDERS = ['app', 'components', 'lib', 'messages', 'public']
/** Of the files beside them every one counts that may be code or settings, but for those of other tools. */
const BUILD_FILES = /\.(ts|tsx|mts|mjs|css)$|^(package|package-lock|tsconfig)\.json$/
const OTHER_FILES = /^(vitest|playwright|next-env)\./
const INSTALL_FILES = ['package.json', 'package-lock.json', '.npmrc']
const TEST = /\.test\.tsx?$/

/**
 * A stamp says what a step was last done for: it is written after the step succeeded and removed before it begins, so
 * an interrupted step has none. Content counts, not the time of files.
 * @param {string} root
 */
export function installStamp(root) {
  return stamp(
    join(root, 'node_modules/.stamp'),
    root,
    INSTALL_FILES.filter((file) => existsSync(join(root, file))),
  )
}

/** @param {string} root */
export function buildStamp(root) {
  const files = readdirSync(root).filter((file) => BUILD_FILES.test(file) && !OTHER_FILES.test(file))
  const inputs = [...files, ...BUILD_FOLDERS.flatMap((folder) => walk(root, folder))].sort()
  return stamp(join(root, '.next/.stamp'), root, inputs, join(root, '.next/BUILD_ID'))
}

/**
 * @param {string} path
 * @param {string} root
 * @param {string[]} files
 * @param {string} [product] a file the step leaves behind, without which the stamp is worth nothing
 */
function stamp(path, root, files, product = path) {
  const value = digest(root, files)
  return {
    isCurrent: () => existsSync(product) && existsSync(path) && readFileSync(path, 'utf8') === value,
    remove: () => rmSync(path, { force: true }),
    write: () => writeFileSync(path, value),
  }
}

/**
 * @param {string} root
 * @param {string[]} files
 */
function digest(root, files) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`)
  for (const file of files)
    hash.update(`\0${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    )
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function walk(root, folder) {
  if (!statSync(join(root, folder), { throwIfNoEntry: false })) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return walk(root, path)
    return TEST.test(entry.name) ? [] : [path]
  })
}
