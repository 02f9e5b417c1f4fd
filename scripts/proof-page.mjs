// @ts-check

/**
 * One proof test. `passed` is null while it runs. `figures` are JSON lines written by the test.
 * @typedef {{ name: string, what: string, args: string[], passed: boolean | null, seconds: number, figures: string[] }} Dose
 */

/**
 * Renders the results of `npm run proof` as a page. Tests that did not run keep their section from the page `before`.
 * @param {{ commit: string, began: Date, machine: string }} facts
 * @param {Dose[]} doses
 * @param {{ chosen: Dose[], before: string }} run
 */
export function proofPage(facts, doses, { chosen, before }) {
  const head = [
    '# Proof',
    '',
    'Written by `npm run proof`, which runs the heavy tests of `npm test` at full length.',
    `Machine: ${facts.machine}.`,
  ]
  const sections = doses.map((dose) => (chosen.includes(dose) ? section(facts, dose) : earlier(before, dose)))
  return `${[...head, ...sections.flat()].join('\n')}\n`
}

/** @param {string} before @param {Dose} dose */
function earlier(before, { name }) {
  const found = before.split(/\n(?=## )/).find((text) => text.startsWith(`## ${name}: `))
  return found ? ['', found.trimEnd()] : []
}

/** @param {{ commit: string, began: Date }} facts @param {Dose} dose */
function section({ commit, began }, { name, what, passed, seconds, figures }) {
  const state = passed === null ? 'running' : `${passed ? 'passed' : '**failed**'} in ${duration(seconds)}`
  const when = `${began.toISOString().slice(0, 16).replace('T', ' ')} UTC, at ${commit}`
  return [
    '',
    `## ${name}: ${state}`,
    '',
    `${what[0]?.toUpperCase()}${what.slice(1)}.`,
    '',
    `- ${when}`,
    ...summarize(figures).map((line) => `- ${line}`),
  ]
}

/**
 * Returns one line per figure. Figures reported once per world become a count and sums.
 * @param {string[]} lines
 */
function summarize(lines) {
  /** @type {Map<string, string[]>} */
  const byName = new Map()
  for (const line of lines) {
    const { name, text } = JSON.parse(line)
    byName.set(name, [...(byName.get(name) ?? []), text])
  }
  return [...byName].flatMap(([name, texts]) =>
    texts[0]?.startsWith('{') ? [`${texts.length} × ${name}: ${sums(texts)}`] : texts,
  )
}

/** @param {string[]} texts */
function sums(texts) {
  /** @type {Map<string, number>} */
  const found = new Map()
  for (const text of texts) {
    for (const [key, value] of Object.entries(JSON.parse(text))) found.set(key, (found.get(key) ?? 0) + value)
  }
  return [...found].map(([key, value]) => `${value} ${key}`).join(', ')
}

/** @param {number} seconds */
function duration(seconds) {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
