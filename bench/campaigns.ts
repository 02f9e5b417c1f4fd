import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'undici'
import type { Base } from '@/lib/context-base'
import { DAY, HOUR } from '@/lib/contract/limits'
import { PATHS } from '@/lib/contract/paths'
import { openBenchEnv } from './bench-env'
import { type Figure, percentile, printFigure } from './figures'
import { fillTasks } from './fill'
import { readPath } from './funnels'
import { APP_ID, midnight } from './question'
import { sessionOf } from './session'
import { syntheticAnswer } from './synthetic-answers'

const COUNT = 10_000
const [WARM, SAMPLES] = [5, 40]
/** How long a person reads the list before ordering it. */
const READING_MS = 10_000
/** Orders of what is computed when reading. */
const COMPUTED = ['sent', 'delivery', 'click', 'change', 'reason']
const TAGS = ['news', 'sale', 'vip', 'weekly', 'orders', 'test']
const WORDS = ['Lunch', 'Weekend', 'Winter', 'Flash', 'Member', 'Coupon', 'Launch', 'Survey']
interface Served {
  url: string
  token: string
}

/** Ages at which each campaign was observed. */
const AGES = [HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 29 * DAY]

/** Measures the campaign list with 10,000 named campaigns that have counts, losses and six observations each. */
export async function campaignFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'minimal')
  try {
    await env.within(({ store }) => fill(store))
    return [...(await env.serving(afterStart)), ...(await env.serving(whileOpen))]
  } finally {
    await env.end()
  }
}

/** Orders that a start has not computed yet. No person sees them who opens the list before. */
function afterStart(server: Served): Promise<Figure[]> {
  return figuresAt(server, async (list) => [
    await list('list by change as the first request after a start', { sort: 'change' }, { once: true, most: null }),
    await list('list by reason as the first request after that', { sort: 'reason' }, { once: true, most: null }),
  ])
}

/** What a person waits for who has opened the list: it computes its orders in the background. */
function whileOpen(server: Served): Promise<Figure[]> {
  return figuresAt(server, async (list) => {
    const page = await fetch(server.url + PATHS.campaigns, { headers: { cookie: await sessionOf(server.url) } })
    if (page.status !== 200) throw new Error(`the page of campaigns: ${page.status}`)
    await page.text()
    await pause(READING_MS)
    const figures: Figure[] = []
    for (const sort of COMPUTED)
      figures.push(await list(`first list by ${sort}, ten seconds after the list was opened`, { sort }, { once: true }))
    for (const sort of ['sentAt', 'label', 'tags', ...COMPUTED]) figures.push(await list(`list by ${sort}`, { sort }))
    figures.push(
      await list('list grouped by tag', { group: 'tag' }),
      await list('search by name', (i) => ({ q: `${WORDS[i % WORDS.length]} ${i * 7}` }), { most: 100 }),
      await list('filter by tag', (i) => ({ tag: TAGS[i % TAGS.length] ?? '' })),
    )
    return figures
  })
}

type Params = Record<string, string>
type List = (
  what: string,
  params: Params | ((i: number) => Params),
  how?: { once?: boolean; most?: number | null },
) => Promise<Figure>

async function figuresAt({ url, token }: Served, measure: (list: List) => Promise<Figure[]>): Promise<Figure[]> {
  const client = new Client(url)
  const list: List = async (what, params, { once = false, most = 300 } = {}) => {
    const value = await p95(once ? 1 : SAMPLES, (i) => {
      const asked = typeof params === 'function' ? params(i) : { ...params, limit: String(50 + (i % 10)) }
      return readPath(client, `/api/v1/apps/${APP_ID}/tasks?${new URLSearchParams(asked)}`, token)
    })
    const limit = most === null ? null : { most }
    return printFigure({ what: `${what}, 10,000 campaigns, at the API, p95`, value, unit: 'ms', limit })
  }
  try {
    return await measure(list)
  } finally {
    await client.close()
  }
}

async function fill(store: Base['store']): Promise<void> {
  const now = midnight(Date.now())
  await fillTasks(store, APP_ID, COUNT, { from: now - 360 * DAY, to: now - DAY })
  const tasks = await store.tasks.keys(APP_ID, {})
  const places = new Map(tasks.map(({ taskId }, i) => [taskId, i]))
  await store.taskImports.save({
    appId: APP_ID,
    taskIds: [...places.keys()],
    make: (taskId, before) => {
      const i = places.get(taskId) ?? 0
      const tags = [TAGS[i % TAGS.length] ?? '', ...(i % 3 === 0 ? [TAGS[(i + 2) % TAGS.length] ?? ''] : [])]
      const task = before ?? { appId: APP_ID, taskId, note: '', sentAt: null, knownBy: 'api' as const, createdAt: now }
      return { ...task, label: `${WORDS[i % WORDS.length]} ${i}`, tags }
    },
    at: now,
  })
  for (let i = 0; i < tasks.length; i += 100) {
    await store.windows.saveAll(
      tasks.slice(i, i + 100).flatMap(({ taskId, sentAt }) => {
        const from = sentAt ?? now
        const life = { appId: APP_ID, source: 'task' as const, metric: 'statistics' as const, task: taskId, kept: true }
        const answer = syntheticAnswer({ ...life, from, to: from + 30 * DAY })
        return AGES.map((age) => ({ ...answer, life: true, fetchedAt: from + age + 5 }))
      }),
    )
  }
}

async function p95(samples: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const took: number[] = []
  const warm = Math.min(WARM, samples - 1)
  for (let i = 0; i < warm + samples; i++) {
    const began = performance.now()
    await work(i)
    if (i >= warm) took.push(performance.now() - began)
  }
  return percentile(took, 0.95)
}
