// @ts-check

const WARN = 40

/**
 * What people see of the server's output: the setup link is kept for the closing lines, log lines below a warning are
 * left out, everything else is shown as it is. Until `release` lines are held back, so that they are read after a
 * failed start and not before a good one.
 * @param {{ verbose: boolean, print: (line: string) => void }} options verbose shows all at once
 */
export function filterOutput({ verbose, print }) {
  /** @type {string[] | null} */
  let held = verbose ? null : []
  /** @type {string | null} */
  let setupLink = null
  const show = (/** @type {string} */ line) => (held ? held.push(line) : print(line))
  return {
    /** @param {string} line @param {'stdout' | 'stderr'} stream */
    line(line, stream) {
      const link = /https?:\/\/\S+\/setup[?#]\S+/.exec(line)
      if (link) setupLink = link[0]
      if (verbose || (!link && (stream === 'stderr' || matters(line)))) show(line)
    },
    setupLink: () => setupLink,
    release() {
      for (const line of held ?? []) print(line)
      held = null
    },
  }
}

/**
 * Neither a log line below a warning nor the framework's ticks.
 * @param {string} line
 */
function matters(line) {
  if (line.startsWith('✓') || line.trim() === '') return false
  if (!line.startsWith('{')) return true
  try {
    const { level, ready } = JSON.parse(line)
    return !ready && level >= WARN
  } catch {
    return true
  }
}
