// @ts-check
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** Smaller files are not worth a module of their own. */
const LEAST_BYTES = 2_000
/** A chunk is a list of modules. Other files load by a path of their own. */
const LIST = Buffer.from('module.exports=[')

/**
 * Makes equal chunks of a build one. The bundler writes what routes share into each route's folder anew, so a server that
 * has answered every route would hold the same code fifty times. Returns the number of bytes that are saved.
 * @param {string} folder
 */
export function shareChunks(folder) {
  /** @type {Map<string, string>} */
  const first = new Map()
  let saved = 0
  for (const path of chunksIn(folder)) {
    const text = readFileSync(path)
    if (text.length < LEAST_BYTES || !text.subarray(0, LIST.length).equals(LIST)) continue
    const hash = createHash('sha256').update(text).digest('hex')
    const same = first.get(hash)
    if (same === undefined) {
      first.set(hash, path)
      continue
    }
    const target = relative(dirname(path), same).split(sep).join('/')
    writeFileSync(path, `module.exports=require(${JSON.stringify(target.startsWith('.') ? target : `./${target}`)})\n`)
    saved += text.length
  }
  return saved
}

/** @param {string} folder */
function chunksIn(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return names
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
