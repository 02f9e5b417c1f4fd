// @ts-check

/** @typedef {{ name: string, ms: number }} Step */
/** @typedef {{ taskId: string, userId: string }} Example a push that did not arrive */

/**
 * Returns the summary printed after a start: address, sign-in, data folder, how to stop. A demo adds three things to try.
 * @param {{ version: string, limits: string[], url: string, network: string[], setupLink: string | null, adminEmail: string | undefined, data: string, demo: boolean, example: Example | null, steps: Step[] }} facts
 */
export function startSummary({ version, limits, url, network, setupLink, adminEmail, data, demo, example, steps }) {
  return [
    '',
    `  Pushlens ${version} is ready${demo ? ' as a demo with invented data' : ''}.`,
    '',
    `  Open      ${url}`,
    ...network.map(
      (one, i) => `  ${i === 0 ? 'Network ' : '        '}  ${one}, without encryption (PUBLIC_URL is not set)`,
    ),
    `  Sign in   ${signIn(setupLink, adminEmail)}`,
    `  Data      ${data}`,
    `  Took      ${steps.map(({ name, ms }) => `${name} ${(ms / 1_000).toFixed(1)} s`).join(', ')}`,
    ...limits.map((one, i) => `  ${i === 0 ? 'Note' : '    '}      ${one}`),
    ...(demo ? demoLines(url, example) : []),
    '  Stop      Ctrl-C',
    '',
  ].join('\n')
}

/**
 * Returns what this start does not do, because of how it is configured. Empty for a demo, which nobody relies on.
 * @param {Record<string, string | undefined>} env
 * @param {{ demo: boolean }} facts
 * @returns {string[]}
 */
export function limitsOf(env, { demo }) {
  if (demo) return []
  const { DATABASE_URL: database, BACKUP_EVERY: every, COLLECTOR: collector } = env
  const copies = !database?.startsWith('postgres') && (!every || every === 'off')
  return [
    ...(collector === 'off' ? ['nothing is collected here (COLLECTOR=off)'] : []),
    ...(copies ? ['no backups are scheduled: set BACKUP_EVERY=24h'] : []),
  ]
}

/**
 * @param {string} url
 * @param {Example | null} example
 */
function demoLines(url, example) {
  const ids = example ? `Paste "${example.taskId} ${example.userId}" into the search box.` : 'Open Look-up.'
  return [
    '  Your app  set TIM_SDKAPPID and TIM_SECRET_KEY in the environment or in .env, then restart',
    '',
    '  Three things to try',
    `    1. Find out which vendors lost pushes this week, and why: ${url}/losses?source=task&range=7d`,
    `    2. Find out why one person got nothing. ${ids}`,
    '    3. Slow the demo to the speed of Tencent with the switch above the page,',
    `       and see how calls wait for their turn: ${url}/settings/system`,
    '',
  ]
}

/**
 * @param {string | null} setupLink
 * @param {string | undefined} adminEmail
 */
function signIn(setupLink, adminEmail) {
  if (setupLink) return `open this one-time link to create the administrator account:\n            ${setupLink}`
  if (adminEmail) return `as ${adminEmail} with ADMIN_PASSWORD`
  return 'with your account (lost the password? npm run cli -- user reset --email you@example.com)'
}
