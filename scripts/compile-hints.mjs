// @ts-check
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** As the first line of a script, this tells Chromium that almost all of its functions are called while the page loads. */
export const HINT = '//# allFunctionsCalledOnLoad\n'

/**
 * Marks the scripts that every page runs first, so that the browser compiles them while it downloads them, beside the page.
 * Otherwise it compiles each function at its first call, which blocks a slow phone for a quarter of a second.
 * @param {string} folder of the build
 */
export function hintScripts(folder) {
  /** @type {{ rootMainFiles: string[] }} */
  const { rootMainFiles } = JSON.parse(readFileSync(join(folder, 'build-manifest.json'), 'utf8'))
  for (const path of rootMainFiles.map((name) => join(folder, name))) {
    const text = readFileSync(path, 'utf8')
    if (!text.startsWith(HINT)) writeFileSync(path, HINT + text)
  }
}
