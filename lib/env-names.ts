/** Variables with these beginnings are ours alone, so an unknown one is always a mistake. */
const GUARDED = /^(TIM|OIDC|ADMIN|UPSTREAM|RETENTION)_/
/** Shorter words, such as HOST and PORT, are near too many names of other programs. */
const LEAST_LONE_WORD = 8

/**
 * Returns a problem for each name that is probably meant to be one of ours: misspelt, or with one of our own beginnings.
 * Other names belong to other programs.
 */
export function misspelt(names: string[], known: string[]): string[] {
  return names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const near = nearest(name, known)
      if (near === null && !GUARDED.test(name)) return []
      return `${name} is not a known variable: ${near === null ? 'check its spelling' : `did you mean ${near}?`}`
    })
}

/** Returns the known name that a name was probably meant to be; null where none is near. */
export function nearest(name: string, known: string[]): string | null {
  const ranked = known
    .map((one) => ({ one, distance: distanceOf(name, one) }))
    .filter(({ distance }) => distance !== null)
    .sort((a, b) => Number(a.distance) - Number(b.distance))
  return ranked[0]?.one ?? null
}

/** Returns how far a name is from a known one; null where a whole word differs, as in DATABASE_PORT and DATABASE_URL. */
function distanceOf(name: string, known: string): number | null {
  if (known.length < LEAST_LONE_WORD) return null
  const [given, wanted] = [wordsOf(name), wordsOf(known)]
  if (given.join('') === wanted.join('')) return 0
  if (given.length !== wanted.length) return null
  const distances = wanted.map((word, i) => edits(given[i] ?? '', word))
  const near = wanted.every((word, i) => (distances[i] ?? 0) <= (word.length < 6 ? 1 : 2))
  return near ? distances.reduce((sum, one) => sum + one, 0) : null
}

/** Returns the words of a name in the singular: PROXIES counts as PROXY. */
function wordsOf(name: string): string[] {
  return name
    .toUpperCase()
    .split(/[_-]+/)
    .map((word) => word.replace(/IES$/, 'Y').replace(/(?<=[^S])S$/, ''))
}

/** Counts the letters to insert, delete, replace or swap with their neighbour. */
function edits(a: string, b: string): number {
  let [older, old]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(old, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(older, j - 2) + 1 : replaced
      row.push(Math.min(at(old, j) + 1, at(row, j - 1) + 1, replaced, swapped))
    }
    ;[older, old] = [old, row]
  }
  return at(old, b.length)
}

const at = (row: number[], i: number) => row[i] ?? 0
