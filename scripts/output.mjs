// @ts-check

const WARN = 40

/**
 * Filters the server's output for people. Keeps the setup link for the start summary, hides log lines below a warning,
 * and shows everything else. Buffers lines until `release`, so that they appear after a failed start and not before
 * the summary.
 * @param {{ verbose: boolean, print: (line: string) => void }} options verbose shows every line immediately
 */
export function filterOutput({ verbose, print }) {
  /** @type {string[] | null} */
  let buffered = verbose ? null : []
  /** @type {string | null} */
  let setupLink = null
  const show = (/** @type {string} */ line) => (buffered ? buffered.push(line) : print(line))
  return {
    /** @param {string} line @param {'stdout' | 'stderr'} stream */
    line(line, stream) {
      const link = /https?:\/\/\S+\/setup[?#]\S+/.exec(line)
      if (link) setupLink = link[0]
      if (verbose || (!link && (stream === 'stderr' || matters(line)))) show(line)
    },
    setupLink: () => setupLink,
    release() {
      for (const line of buffered ?? []) print(line)
      buffered = null
    },
  }
}

/**
 * Returns whether to show a line: false for log lines below a warning and for the framework's progress lines.
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
