import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { dose, figure } from '../lib/testing/dose'
import { walk } from '../scripts/image/packages.mjs'
import { askAs } from './testing/ask-as'
import { expect, test } from './testing/fixtures'
import { type ImageServer, makeImage, type TestImage } from './testing/image'
import { startLoad } from './testing/load'

/**
 * Runs the steps of the Dockerfile without a container engine, then their result as another user. `npm test` links the
 * packages and the build of the checkout; `npm run proof` installs and builds in the clean folder.
 */
const RESTARTS = dose(2, 20)
/** Half of the size of an image without the base, of which the engine counts 230 MB. */
const MOST_MB = 120
const MOST_IDLE_MB = 150
/** A start gives memory back after ten seconds. */
const IDLE_S = 30
const BUILD_TOOLS = ['typescript', 'esbuild', 'tsx', 'vitest', 'tailwindcss', '@next/swc-linux-x64-gnu', 'playwright']

let image: TestImage
test.beforeAll(() => {
  test.setTimeout(600_000)
  image = makeImage({ whole: dose(false, true) })
})
test.afterAll(() => image?.remove())

test('the image has what is loaded at run time, and nothing that the build or a test reads', () => {
  const files = walk(image.workdir, '.')
  expect(image.complete, 'the context has every input of the build').toBe(true)
  expect(files.filter((path) => /\.tsx?$|\.nft\.json$|\.test\.|(^|\/)\.env|\.db$|\.key$/.test(path))).toEqual([])
  expect(BUILD_TOOLS.filter((name) => files.some((path) => path.startsWith(`node_modules/${name}/`)))).toEqual([])
  figure('size', `The image has ${image.megabytes.toFixed(0)} MB beside its base, in ${files.length} files`)
  console.log(`image: ${image.megabytes.toFixed(0)} MB beside its base`)
  expect(image.megabytes).toBeLessThan(MOST_MB)
})

test('it starts without variables as another user, writes only its volume, and keeps the data', async () => {
  const first = await image.start()
  const [code, ...writable] = await writableFolders(first)
  expect([code, ...writable]).toEqual([0, ...image.volumes])
  expect(await image.run(image.health, first.env)).toMatchObject({ code: 0 })
  expect((await image.run(image.health, { ...first.env, PORT: '1' })).code).toBe(1)
  const token = new URL(/http:\S+\/setup#\S+/.exec(first.output())?.[0] ?? '').hash.slice(1)
  const person = { email: 'ada@example.com', name: 'Ada', password: 'a lighthouse keeps no secrets 9' }
  // As a browser of another machine does, which knows this one by its address in the private network.
  const other = (path: string, name: string, data?: object) => askAs(first.url, path, { host: name, data })
  const host = `192.168.7.7:${new URL(first.url).port}`
  expect((await other('/setup', host)).status).toBe(200)
  expect((await other('/setup', 'pushlens.example.com')).status).toBe(421)
  const made = await other('/api/v1/setup', host, { token, ...person })
  expect(made.status, made.body).toBeLessThan(300)
  const csrf = await other('/api/auth/csrf', host)
  const { csrfToken } = JSON.parse(csrf.body)
  const { email, password } = person
  const data = new URLSearchParams({ email, password, csrfToken, json: 'true' }).toString()
  const signedIn = await askAs(first.url, '/api/auth/callback/credentials', {
    host,
    data,
    cookie: csrf.cookies.join('; '),
  })
  expect(signedIn.status, signedIn.body).toBe(200)
  const cookie = signedIn.cookies.join('; ')
  const known = await askAs(first.url, '/api/v1/apps', { host, cookie })
  expect([known.status, (await other('/api/v1/apps', host)).status]).toEqual([200, 401])
  await readPages(first)
  expect(await first.stop()).toBe(0)
  const again = await image.start()
  expect(again.output()).not.toContain('/setup#')
  const list = await image.run(['npm', 'run', 'cli', '--', 'user', 'list'], again.env)
  expect(list.stdout).toContain(person.email)
  const doctor = await image.run(['npm', 'run', 'cli', '--', 'doctor'], { ...again.env, PUBLIC_URL: again.url })
  expect(doctor.stdout).toContain('is ready')
  expect(doctor.stdout).not.toContain('bad ')
  const started = [first, again].map(({ firstAnswerMs }) => `${(firstAnswerMs / 1_000).toFixed(1)} s`).join(' and ')
  console.log(`image: first answer after ${started}`)
  figure('start', `The first answer came ${started} after the start of the process`)
  await again.stop()
})

test(`a stop drops no request, ${RESTARTS} times under load`, async () => {
  test.setTimeout(RESTARTS * 30_000)
  let [answered, refused] = [0, 0]
  for (let n = 0; n < RESTARTS; n++) {
    const server = await image.start()
    const load = startLoad(`${server.url}/sign-in`, 8)
    while (load.sent.length < 40) await pause(10)
    const stoppedAt = performance.now()
    expect(await server.stop()).toBe(0)
    const all = await load.stop()
    // The port is closed from some moment on. What was connected before the signal has its whole answer.
    const before = all.filter(({ connectedAt }) => connectedAt !== null && connectedAt < stoppedAt)
    expect(before.filter(({ outcome }) => outcome !== 200 && outcome !== 307)).toEqual([])
    const after = all.filter((one) => !before.includes(one))
    expect(after.filter(({ outcome }) => ![200, 307, 'ECONNREFUSED', 'ECONNRESET'].includes(outcome))).toEqual([])
    answered += before.length
    refused += after.filter(({ connectedAt }) => connectedAt !== null).length
  }
  figure('stops', `${RESTARTS} stops under load: ${answered} requests answered, none dropped`)
  console.log(`image: ${answered} answered, ${refused} connected after the signal`)
})

test('an idle image needs little memory', async () => {
  test.skip(dose(true, false), 'takes half a minute: npm run proof')
  test.setTimeout(IDLE_S * 1_000 + 60_000)
  const server = await image.start()
  await pause(IDLE_S * 1_000)
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8')
  const megabytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024
  figure('memory', `${megabytes.toFixed(0)} MB of memory after ${IDLE_S} s without requests`)
  await server.stop()
  expect(megabytes).toBeLessThanOrEqual(MOST_IDLE_MB)
})

/** Returns the exit code of a search by the image's user, and what it may write. */
async function writableFolders({ env }: ImageServer): Promise<(number | string)[]> {
  const { code, stdout } = await image.run(['find', image.folder, '-type', 'd', '-writable'], env)
  return [code, ...stdout.trim().split('\n')]
}

/** A page or route whose package is missing answers 500. */
async function readPages({ url }: ImageServer): Promise<void> {
  for (const path of [
    '/',
    '/setup',
    '/sign-in',
    '/campaigns',
    '/settings/system',
    '/share/x',
    '/api/v1/apps',
    '/nowhere',
  ])
    expect((await fetch(url + path)).status, path).toBeLessThan(500)
}

test('the user of the image cannot read what belongs to others', () => {
  test.skip(process.getuid?.() !== 0, 'only root can become another user')
  const mode = execFileSync('stat', ['-c', '%U %a', image.volumes[0] ?? ''], { encoding: 'utf8' }).trim()
  expect(mode).toBe('nobody 700')
})
