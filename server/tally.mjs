// @ts-check

const EVERY_MS = 60_000

/**
 * Counts events that may come in masses, such as clients that disconnect. Writes one log line for all events of the same
 * text within `everyMs` after the first one.
 * @param {{ write?: (line: string) => void, everyMs?: number }} [options]
 * @returns {(text: string) => void} counts one event
 */
export function tally({ write = console.log, everyMs = EVERY_MS } = {}) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  const flush = (/** @type {string} */ msg) => {
    const count = counts.get(msg)
    counts.delete(msg)
    write(JSON.stringify({ level: 30, time: new Date().toISOString(), msg, count }))
  }
  return (text) => {
    const before = counts.get(text) ?? 0
    counts.set(text, before + 1)
    // The timer does not keep a stopping process alive.
    if (before === 0) setTimeout(flush, everyMs, text).unref()
  }
}
