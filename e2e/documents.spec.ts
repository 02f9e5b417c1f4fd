import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { bundled } from '../lib/testing/bundled'
import { matches } from '../scripts/documents/compare'
import { fencesOf, shownIn } from '../scripts/documents/fences'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

const run = promisify(execFile)
const PAGE = 'docs/api.md'
const PUBLIC = 'https://push.example.com'
const CLI = [...bundled('scripts/cli.ts'), 'token', 'create', '--name', 'docs']

interface Push {
  case: string
  taskId?: string
  userId: string
}

/** The role that the page names for a call. */
function roleFor(command: string): 'viewer' | 'editor' | 'support' {
  if (command.includes('-X PUT')) return 'editor'
  return command.includes('/traces/lookup') ? 'support' : 'viewer'
}

test('every call of the API in the documents answers as they show', async () => {
  const shown = fencesOf(readFileSync(PAGE, 'utf8'))
    .filter(({ language, info }) => language === 'console' && info === 'server')
    .flatMap((fence) => shownIn({ ...fence, info: '' }))
  expect(shown.length).toBeGreaterThanOrEqual(6)
  const { emulator, env, start, end } = await testEnv(20)
  try {
    const server = await start()
    const { items } = (await emulator.control('/truth/pushes?limit=1')) as { items: Push[] }
    const push = items.find(({ taskId, case: name }) => taskId !== undefined && name === 'refused by vendor')
    const variables = { TASK_ID: push?.taskId ?? '', USER_ID: push?.userId ?? '' }
    const tokens = new Map<string, string>()
    for (const { command, expected, line } of shown) {
      const role = roleFor(command)
      if (!tokens.has(role)) tokens.set(role, await newToken(env, role))
      const given = { ...process.env, TOKEN: tokens.get(role) ?? '', ...variables }
      const { stdout } = await run('sh', ['-c', command.replaceAll(PUBLIC, server.url)], { env: given })
      // A CSV file begins with a byte order mark, which a terminal does not show, and its lines end with CR LF.
      const printed = stdout
        .replaceAll(server.url, PUBLIC)
        .replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n')
      const isSame = matches(expected.join('\n'), printed, new Map())
      expect(isSame, `${PAGE} line ${line}: ${command}\nprinted:\n${stdout}`).toBe(true)
    }
  } finally {
    await end()
  }
})

async function newToken(env: Record<string, string>, role: string): Promise<string> {
  const { stdout } = await run(process.execPath, [...CLI, '--role', role, '--app', String(SDK_APP_ID)], {
    env: { ...process.env, ...env },
  })
  return stdout.trim()
}
