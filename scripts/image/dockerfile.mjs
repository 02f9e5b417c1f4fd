// @ts-check

/**
 * @typedef {{ instruction: string, text: string }} Step
 * @typedef {{ base: string, name: string, steps: Step[] }} Stage
 */

const KNOWN = /^(FROM|WORKDIR|ENV|COPY|RUN|USER|VOLUME|EXPOSE|STOPSIGNAL|HEALTHCHECK|CMD)$/

/**
 * Reads the part of the Dockerfile's language that ours uses. Throws for the rest, so that no step is passed over.
 * @param {string} text
 * @returns {Stage[]}
 */
export function readDockerfile(text) {
  /** @type {Stage[]} */
  const stages = []
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n/g, ' ')
  for (const line of lines.split('\n').filter((one) => one.trim() !== '')) {
    const [, instruction = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line.trim()) ?? []
    if (!KNOWN.test(instruction)) throw new Error(`not understood: ${line}`)
    if (instruction === 'FROM') {
      const [, base = '', name = String(stages.length)] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(rest) ?? []
      stages.push({ base, name, steps: [] })
    } else stages.at(-1)?.steps.push({ instruction, text: rest.trim() })
  }
  return stages
}

/**
 * Reads `A=1 B=2`. Our values have no spaces.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function readVariables(text) {
  return Object.fromEntries(
    text.split(/\s+/).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
}

/**
 * Returns whether a path is left out of the build by .dockerignore, whose patterns count from the root.
 * @param {string} patterns
 * @returns {(path: string) => boolean}
 */
export function readIgnored(patterns) {
  const all = patterns
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(
      (line) =>
        new RegExp(
          `^${line
            .replace(/[.+^${}()|[\]\\]/g, '\\$&')
            .replace(/\*\*\//g, '\0')
            .replace(/\*/g, '[^/]*')
            .replace(/\0/g, '(?:.*/)?')}(?:/|$)`,
        ),
    )
  return (path) => all.some((pattern) => pattern.test(path))
}
