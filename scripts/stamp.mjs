// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folders that a build reads. A test checks that every project folder is listed here or excluded there. */
export const BUILD_FOLDERS = ['app', 'components', 'lib', 'messages', 'public']
/** Root files that a build reads: code and settings, except those of other tools. */
const BUILD_FILES = /\.(ts|tsx|mts|mjs|css)$|^(package|package-lock|tsconfig)\.json$/
const OTHER_FILES = /^(vitest|playwright|next-env)\./
const INSTALL_FILES = ['package.json', 'package-lock.json', '.npmrc']
const TEST = /\.test\.tsx?$/

/**
 * Returns the stamp of the installation. A stamp records the inputs of the last successful step. It is removed before
 * the step begins, so an interrupted step has none. It compares file contents, not times.
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
 * @param {string} [product] a file that the step creates; the stamp is invalid without it
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
