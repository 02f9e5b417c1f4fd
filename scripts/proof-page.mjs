// @ts-check

/**
 * `passed` null: not over yet. `figures` are lines of JSON, as the tests wrote them.
 * @typedef {{ name: string, what: string, args: string[], passed: boolean | null, seconds: number, figures: string[] }} Dose
 */

/**
 * What `npm run proof` found, as a page.
 * @param {{ commit: string, began: Date, machine: string }} facts
 * @param {Dose[]} doses
 */
export function proofPage({ commit, began, machine }, doses) {
  const head = [
    '# Proof',
    '',
    'Written by `npm run proof`: the tests of `npm test` in full doses.',
    '',
    `- Command: \`npm run proof\`, at ${commit}`,
    `- Date: ${began.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- Machine: ${machine}`,
  ]
  return `${[...head, ...doses.flatMap(section)].join('\n')}\n`
}

/** @param {Dose} dose */
function section({ name, what, passed, seconds, figures }) {
  const state = passed === null ? 'under way' : `${passed ? 'passed' : '**failed**'} in ${duration(seconds)}`
  return ['', `## ${name}: ${state}`, '', `${what}.`, '', ...told(figures).map((line) => `- ${line}`)]
}

/**
 * One line per figure; those that come once per world are told as a count and their sums.
 * @param {string[]} lines
 */
function told(lines) {
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
