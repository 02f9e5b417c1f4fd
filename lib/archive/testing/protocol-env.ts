import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { Kysely } from 'kysely'
import { failed, Refusal } from '@/emulator/protocol/answers'
import { applyFault } from '@/emulator/protocol/apply-fault'
import { answerCall } from '@/emulator/protocol/endpoints/answer-call'
import { type Fault, Faults } from '@/emulator/protocol/faults'
import { changeSwitches, DEFAULT_SWITCHES, type Switches } from '@/emulator/switches'
import { World } from '@/emulator/world/world'
import { createArchive } from '@/lib/archive/archive'
import { createCollector } from '@/lib/archive/collector'
import type { Clock } from '@/lib/contract/clock'
import { SOURCES } from '@/lib/contract/sources'
import type { Ask, Outcome } from '@/lib/gateway/entry'
import type { Ticket } from '@/lib/gateway/gateway'
import { systemTimers } from '@/lib/gateway/timers'
import { planReach, planWork } from '@/lib/report/collect/plan-work'
import { migrate } from '@/lib/store/engine/migrate'
import type { Db } from '@/lib/store/engine/open'
import { sqliteDialect } from '@/lib/store/engine/sqlite'
import { createStore } from '@/lib/store/store'
import { newApp } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import type { Question } from '@/lib/timpush/question'
import { readAnswer } from '@/lib/timpush/read-answer'
import { bodyOf } from '@/lib/timpush/request'

export const SDK_APP_ID = 1_400_000_001
/** Friday 20 November 2026, 16:20 at +08:00: tests see the same world whatever day it is. */
export const NOW = 1_795_162_800
const ADMIN = { sdkAppId: SDK_APP_ID, key: 'unused here', admins: ['administrator'] }

export type QuickHouse = Awaited<ReturnType<typeof openQuickHouse>>

/**
 * The collector over a small world, without a network: answers of the emulator's protocol reach our reader as text. The
 * time of the data stands still until it is moved, and calls follow one another as fast as they can.
 */
export async function openQuickHouse({ seed = 1, users = 100, switches = {} as Partial<Switches> } = {}) {
  const db: Db = new Kysely({ dialect: await sqliteDialect(':memory:') })
  await migrate(db)
  const store = createStore(db, realClock)
  const time = { nowS: NOW }
  const clock: Clock = { wallMs: () => time.nowS * 1_000, dataS: () => time.nowS }
  const world = new World(seed, SDK_APP_ID, NOW, users)
  const emulator = emulated(world, clock.dataS, changeSwitches(DEFAULT_SWITCHES, switches))
  let asked = 0
  const faults = new Faults()
  const spoilt = new Set<string>()
  /** What a lane does once its turn has come: the lanes have tests of their own. */
  async function call({ question, satisfied, keep }: Ask): Promise<Outcome> {
    asked++
    if (await satisfied?.()) return 'satisfied'
    const wrong = faults.take(SDK_APP_ID, question.endpoint)
    if (wrong.length > 0) spoilt.add(keyOf(question))
    else spoilt.delete(keyOf(question))
    await keep(
      readAnswer(question, JSON.stringify(wrong.reduce(applyFault, emulator.answer(question))), app.utcOffsetMin),
    )
    return 'kept'
  }
  const app = await store.apps.upsert(newApp({ createdAt: clock.dataS() }))
  let line: Promise<unknown> = Promise.resolve()
  const ask = (question: Ask): Ticket => {
    const done = line.then(() => call(question))
    line = done
    return { done, place: () => null, etaMs: () => null }
  }
  const gateway = { ask, lanes: async () => [] }
  const archive = createArchive({ store, gateway, clock })
  const upstreamApp = () => ({ ...app, secretKey: async () => ADMIN.key })
  return {
    ...{ app, store, archive, world, clock, switches: emulator.switches },
    break: (fault: Fault) => faults.add(fault),
    /** What the latest answer to was wrong: `source metric from to`. */
    spoilt,
    mend: () => faults.reset(),
    jump(seconds: number) {
      time.nowS += seconds
    },
    /** Runs a collector until so many calls are `enough`, or until nothing that can be fetched is missing or due. */
    async collect(enough: (asked: number) => boolean = () => false) {
      const collector = createCollector({ store, archive, upstreamApp, clock, timers: systemTimers })
      collector.start()
      const deadline = Date.now() + 240_000
      for (let before = -1; !enough(asked) && (asked !== before || (await due()) > 0); ) {
        if (Date.now() > deadline) throw new Error('the collector does not come to an end')
        before = asked
        await pause(20)
      }
      await collector.stop()
      await line
    },
    async end() {
      await store.close()
    },
  }

  async function due(): Promise<number> {
    const span = { appId: app.id, from: planReach(clock.dataS()) }
    const held = await Promise.all(SOURCES.map((source) => store.windows.headers({ ...span, source })))
    return held.reduce(
      (sum, one) => sum + planWork({ held: one, nowS: clock.dataS(), offsetMin: app.utcOffsetMin }).work.length,
      0,
    )
  }
}

function keyOf(question: Question): string {
  if (!('from' in question)) throw new Error('only windows are asked for here')
  const [source, metric] = [
    question.endpoint.startsWith('normal') ? 'chat' : 'task',
    question.endpoint.split('_').at(-1),
  ]
  return `${source} ${metric} ${question.from} ${question.to}`
}

/** The emulator's protocol without its door: whatever it is asked it answers, refusals too. */
function emulated(world: World, now: () => number, switches: Switches) {
  const worlds = new Map([[SDK_APP_ID, world]])
  const answer = (question: Question) => {
    try {
      const body = JSON.stringify(bodyOf(question))
      return answerCall({ worlds, switches, clock: { data: now } }, ADMIN, question.endpoint, body)
    } catch (error) {
      if (error instanceof Refusal) return failed(error.code, error.message)
      throw error
    }
  }
  return { switches, answer }
}
