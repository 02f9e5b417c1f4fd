// @ts-check

/**
 * Returns the summary printed after a start: address, sign-in, data folder, how to stop.
 * @param {{ url: string, setupLink: string | null, adminEmail: string | undefined, data: string, demo: boolean, examples: string[] }} facts
 */
export function startSummary({ url, setupLink, adminEmail, data, demo, examples }) {
  return [
    '',
    `  Pushlens is ready${demo ? ' as a demo with invented data' : ''}.`,
    '',
    `  Open      ${url}`,
    `  Sign in   ${signIn(setupLink, adminEmail)}`,
    `  Data      ${data}`,
    ...(demo ? ['  Your app  set TIM_SDKAPPID and TIM_SECRET_KEY in the environment or in .env, then restart'] : []),
    ...examples.map((example, i) => `  ${i === 0 ? 'Look up ' : '        '}  ${example}`),
    '  Stop      Ctrl-C',
    '',
  ].join('\n')
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
