import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { freshDatabase } from '@/lib/store/testing/database'
import { dose, figure } from '@/lib/testing/dose'
import { DOCUMENT, type FuzzWorld, fuzzWorld, SENDERS } from './testing/fuzz/fuzz-world'
import { type FuzzedRequest, requests } from './testing/fuzz/random-request'
import { OWN } from './testing/served'

/** Random requests at every operation that the API describes, without the front door, from everybody. */
const REQUESTS = dose(1_000, 50_000)
/** Requests remove people, revoke tokens and disconnect apps, so the installation is replaced now and then. */
const PER_WORLD = 500
const AT_ONCE = 8
/** `FUZZ_SEED` tries others. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_115)
/** Compiled code and pools need some memory at first. Later growth would be a leak. */
const MOST_GROWTH_MB = 60

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** Sends the requests, a few at once. Returns what is wrong with the answers, and counts them by status. */
async function sendAll(world: FuzzWorld, sent: FuzzedRequest[], statuses: Map<number, number>): Promise<string[]> {
  const faults: string[] = []
  let next = 0
  const { apps } = world.served.running.ctx.store
  const visit = async () => {
    for (let request = sent[next++]; request; request = sent[next++]) {
      const { status, fault } = await world.send(request)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (fault !== null) faults.push(`${fault}\n${JSON.stringify(request).slice(0, 1_500)}`)
      // Requests may start the app, and nothing is to wait for an upstream that does not exist.
      await apps.setStopped(OWN, { code: 'upstream_credential', upstreamCode: 70_009, at: 0 })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, visit))
  return faults
}

function usedMb(): number {
  collectGarbage()
  return Math.round(process.memoryUsage().heapUsed / 1_048_576)
}

describe.each(['sqlite', 'postgres'] as const)('random requests on %s', (kind) => {
  test(
    `${REQUESTS} get a described answer: no defect of ours, nothing that hangs, no unknown code, no leak`,
    async () => {
      const statuses = new Map<number, number>()
      const faults: string[] = []
      const megabytes: number[] = []
      for (let from = 0; from < REQUESTS; from += PER_WORLD) {
        const database = kind === 'postgres' ? await freshDatabase(undo) : undefined
        const world = await fuzzWorld(database?.kind === 'postgres' ? database.url : undefined)
        const { known, served } = world
        const any = requests(DOCUMENT, { known, senders: SENDERS, nowMs: served.running.ctx.clock.wallMs() })
        const sent = fc.sample(any, { seed: SEED + from, numRuns: PER_WORLD })
        faults.push(...(await sendAll(world, sent, statuses).finally(() => world.end())))
        for (const step of undo.splice(0).reverse()) await step()
        megabytes.push(usedMb())
      }
      expect(faults).toEqual([])
      const counted = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`)
      const [second = 0, last = 0] = [megabytes[1], megabytes.at(-1)]
      figure(kind, `${REQUESTS} random requests on ${kind}: ${counted.join(', ')}; heap ${second} MB, then ${last} MB`)
      expect(last).toBeLessThanOrEqual(second + MOST_GROWTH_MB)
      // Requests that are all refused would prove nothing.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20)
    },
    dose(90_000, 3_600_000),
  )
})
