const RUNS = 4
/** Garbage collection can slow one measurement. It does not slow each of them. */
const ATTEMPTS = 6
/** Four times the text needs four times the time if it is linear, sixteen times if it is quadratic. */
const MOST_GROWTH = 8
/** Milliseconds that any of the texts may take. */
const FAST_MS = 5
/** The parts of the whole length to try. The short ones come first, since a bad pattern takes minutes for the whole. */
const PARTS = [1 / 64, 1 / 16, 1 / 4, 1]

/**
 * Returns how many times longer `work` takes for a text than for a quarter of it; null where it is fast or grows with the
 * length of the text. Compares the least time of several runs, so that a busy machine changes little.
 */
export function superlinear(
  work: (text: string) => unknown,
  textOf: (length: number) => string,
  length: number,
): number | null {
  for (const part of PARTS) {
    const [whole, quarter] = [textOf(Math.ceil(length * part)), textOf(Math.ceil((length * part) / 4))]
    const growth = growthOf(work, whole, quarter)
    if (growth > MOST_GROWTH) return Math.round(growth)
  }
  return null
}

/** Returns the least growth of several attempts; 1 for a text that is read at once. */
function growthOf(work: (text: string) => unknown, whole: string, quarter: string): number {
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < ATTEMPTS && least > MOST_GROWTH; attempt++) {
    const ms = fastest(work, whole)
    least = Math.min(least, ms <= FAST_MS ? 1 : ms / fastest(work, quarter))
  }
  return least
}

function fastest(work: (text: string) => unknown, text: string): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < RUNS && least > FAST_MS / 50; run++) {
    const [begunCpu, begun] = [cpuMs(), performance.now()]
    work(text)
    // Threads that collect garbage add to the processor time. Waiting for a processor adds to the elapsed time.
    least = Math.min(least, cpuMs() - begunCpu, performance.now() - begun)
  }
  return least
}

/** Time on a processor, of all threads of this process. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
