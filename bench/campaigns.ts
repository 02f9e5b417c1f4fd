import { Client } from 'undici'
import type { Base } from '@/lib/context-base'
import { DAY, HOUR } from '@/lib/contract/limits'
import { openBenchEnv } from './bench-env'
import { type Figure, percentile, printFigure } from './figures'
import { fillTasks } from './fill'
import { readPath } from './funnels'
import { APP_ID, midnight } from './question'
import { syntheticAnswer } from './synthetic-answers'

const COUNT = 10_000
const [WARM, SAMPLES] = [5, 40]
const TAGS = ['news', 'sale', 'vip', 'weekly', 'orders', 'test']
const WORDS = ['Lunch', 'Weekend', 'Winter', 'Flash', 'Member', 'Coupon', 'Launch', 'Survey']
/** Ages at which each campaign was observed. */
const AGES = [HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 29 * DAY]

/** Measures the campaign list with 10,000 named campaigns that have counts, losses and six observations each. */
export async function campaignFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'minimal')
  try {
    await env.within(({ store }) => fill(store))
    return await env.serving(async ({ url, token }) => {
      const client = new Client(url)
      const time = (params: (i: number) => Record<string, string>, samples = SAMPLES) =>
        p95(samples, (i) => readPath(client, `/api/v1/apps/${APP_ID}/tasks?${new URLSearchParams(params(i))}`, token))
      const figures: Figure[] = []
      const report = (what: string, value: number, most: number | null) =>
        figures.push(
          printFigure({
            ...{ what: `${what}, 10,000 campaigns, at the API, p95`, value, unit: 'ms' },
            limit: most === null ? null : { most },
          }),
        )
      for (const sort of ['change', 'reason'])
        report(`first list by ${sort} in two minutes`, await time((i) => ({ sort, limit: String(50 + i) }), 1), null)
      for (const sort of ['sentAt', 'label', 'tags', 'sent', 'delivery', 'click', 'change', 'reason'])
        report(`list by ${sort}`, await time((i) => ({ sort, limit: String(50 + (i % 10)) })), 300)
      report('search by name', await time((i) => ({ q: `${WORDS[i % WORDS.length]} ${i * 7}` })), 100)
      report('filter by tag', await time((i) => ({ tag: TAGS[i % TAGS.length] ?? '', limit: String(50 + i) })), 300)
      await client.close()
      return figures
    })
  } finally {
    await env.end()
  }
}

export async function fill(store: Base['store']): Promise<void> {
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
