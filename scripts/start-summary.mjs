// @ts-check

/**
 * The closing lines of a start: where to go, how to sign in, where the data is, how to stop.
 * @param {{ url: string, setupLink: string | null, adminEmail: string | undefined, data: string, demo: boolean, examples: string[] }} facts
 */
export function startSummary({ url, setupLink, adminEmail, data, demo, examples }) {
  return [
    '',
    `  Pushlens is ready${demo ? ', as a demo: the pushes are invented' : ''}.`,
    '',
    `  Open      ${url}`,
    `  Sign in   ${signIn(setupLink, adminEmail)}`,
    `  Data      ${data}`,
    ...(demo ? ['  Your app  set TIM_SDKAPPID and TIM_SECRET_KEY, here or in a file .env, and start again'] : []),
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
  if (setupLink) return `open this link once, it makes you the administrator:\n            ${setupLink}`
  if (adminEmail) return `as ${adminEmail}, with ADMIN_PASSWORD`
  return 'with your account (lost? npm run cli -- user reset --email you@example.com)'
}
