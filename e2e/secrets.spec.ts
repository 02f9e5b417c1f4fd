import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SDK_APP_ID, SECRET_KEY } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

/** Lists all files below a folder. The test searches them for secrets. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

test('the secret key, signatures, sessions and push tokens appear in no page, bundle, answer, log or file', async ({
  page,
}) => {
  const { emulator, folder, start, end } = await testEnv(20)
  try {
    const server = await start({ LOG_LEVEL: 'debug' })
    await signIn(page.request, server.url, 'admin')
    const { items } = (await emulator.control('/truth/pushes?limit=1')) as { items: { pushId?: string }[] }
    const pushId = items.find((one) => one.pushId)?.pushId ?? ''
    const seen: string[] = []
    page.on('response', async (answer) => seen.push(await answer.text().catch(() => '')))
    await page.goto(server.url)
    await page.goto(`${server.url}/lookup?pushId=${pushId}`)
    await page.waitForLoadState('networkidle')
    const api = `${server.url}/api/v1/apps`
    for (const path of [
      '',
      `/${SDK_APP_ID}/status`,
      `/${SDK_APP_ID}/losses`,
      `/${SDK_APP_ID}/traces?pushId=${pushId}`,
      '/x',
    ]) {
      seen.push(await (await page.request.get(api + path)).text())
    }
    await emulator.control('/faults', { kind: 'code', endpoint: '*', code: 70009 })
    seen.push(await (await page.request.get(`${api}/${SDK_APP_ID}/funnel?range=24h`)).text())
    const session = (await page.context().cookies()).find(({ name }) => name === 'pl')?.value ?? ''
    expect(session.length).toBeGreaterThan(20)
    const { devices } = (await emulator.control(`/truth/trace?pushId=${pushId}`)) as { devices: { instance: string }[] }
    const instance = devices[0]?.instance ?? ''
    await server.stop()
    const outside = [...seen, server.output(), ...filesBelow('.next/static').map((file) => readFileSync(file, 'utf8'))]
    const kept = filesBelow(folder)
      .filter((file) => !file.endsWith('master.key'))
      .map((file) => readFileSync(file, 'latin1'))
    for (const text of [...outside, ...kept]) {
      expect(text).not.toContain(SECRET_KEY)
      expect(text).not.toContain(session)
    }
    for (const text of outside) {
      expect(text).not.toMatch(/usersig=|eJ[A-Za-z0-9*_-]{80,}/)
      expect(text).not.toMatch(/"Token":"[^"…]{9,}"/i)
    }
    // Look-ups are encrypted: the page shows the device, the database does not.
    expect(seen.join()).toContain(instance)
    for (const text of kept) expect(text).not.toContain(instance)
    // The key was used to sign calls; otherwise the checks above would prove nothing.
    expect(seen.join()).toContain('"sent"')
  } finally {
    await end()
  }
})
