import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { Kysely } from 'kysely'
import { failed, Refusal } from '@/emulator/protocol/answers'
import { applyFault } from '@/emulator/protocol/apply-fault'
import { answerCall } from '@/emulator/protocol/endpoints/answer-call'
import { type Fault, Faults } from '@/emulator/protocol/faults'
import { changeSwitches, DEFAULT_SWITCHES, type Switches } from '@/emulator/switches'
import { World } from '@/emulator/world/world'
import type { Clock } from '@/lib/contract/clock'
import { SOURCES } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import type { GatewayRequest, Outcome } from '@/lib/gateway/queued-request'
import { systemTimers } from '@/lib/gateway/timers'
import { planReach, planWork } from '@/lib/report/collect/plan-work'
import type { Db } from '@/lib/store/engine/open'
import { sqliteDialect } from '@/lib/store/engine/sqlite'
import { realClock } from '@/lib/testing/clock'
import type { Question } from '@/lib/timpush/question'
import { readAnswer } from '@/lib/timpush/read-answer'
import { bodyOf } from '@/lib/timpush/request'
import { NOW, openArchive, openStoreWithApp, SDK_APP_ID, SECRET_KEY } from './archive-env'

const ADMIN = { sdkAppId: SDK_APP_ID, key: SECRET_KEY, admins: ['administrator'] }

export type ProtocolEnv = Awaited<ReturnType<typeof openProtocolEnv>>

/**
 * Opens an archive in memory over the emulator's protocol, without a network: our reader gets the answers as text. Data
 * time starts at `NOW` and stands still until a test moves it. Calls have no spacing.
 */
export async function openProtocolEnv({ seed = 1, users = 100, switches = {} as Partial<Switches> } = {}) {
  const db: Db = new Kysely({ dialect: await sqliteDialect(':memory:') })
  const time = { nowS: NOW }
  const clock: Clock = { wallMs: () => time.nowS * 1_000, dataS: () => time.nowS }
  const parts = await openStoreWithApp(db, clock)
  const { store, app } = parts
  const world = new World(seed, SDK_APP_ID, NOW, users)
  const emulator = emulated(world, clock.dataS, changeSwitches(DEFAULT_SWITCHES, switches))
  const faults = new Faults()
  const gateway = serialGateway((question) => {
    const active = faults.take(SDK_APP_ID, question.endpoint)
    const text = JSON.stringify(active.reduce(applyFault, emulator.answer(question)))
    return { answer: readAnswer(question, text, app.utcOffsetMin), isWrong: active.length > 0 }
  })
  const { archive, collector } = openArchive({ ...parts, gateway, clock, timers: systemTimers })
  return {
    app,
    store,
    archive,
    world,
    clock,
    switches: emulator.switches,
    break: (fault: Fault) => faults.add(fault),
    mend: () => faults.reset(),
    /** All questions so far, in the order of their calls. */
    asked: gateway.asked,
    /** The windows whose latest answer was wrong, as `source metric from to`. */
    wronglyAnswered: gateway.wronglyAnswered,
    jump(seconds: number) {
      time.nowS += seconds
    },
    /** Runs a collector until `isEnough` of what it does is done, or until nothing that can be fetched is missing or due. */
    async collect(isEnough: (calls: number) => boolean | Promise<boolean> = () => false) {
      const running = collector()
      running.start()
      const deadline = realClock.wallMs() + 240_000
      for (let before = -1; !(await isEnough(gateway.calls())) && (gateway.calls() !== before || (await due()) > 0); ) {
        if (realClock.wallMs() > deadline) throw new Error('the collector did not finish in time')
        before = gateway.calls()
        await pause(20)
      }
      await running.stop()
      await gateway.idle()
    },
    close: () => store.close(),
  }

  async function due(): Promise<number> {
    const span = { appId: app.id, from: planReach(clock.dataS()) }
    const held = await Promise.all(SOURCES.map((source) => store.windows.headers({ ...span, source })))
    const plans = held.map((one) => planWork({ held: one, nowS: clock.dataS(), offsetMin: app.utcOffsetMin }))
    return plans.reduce((sum, plan) => sum + plan.work.length, 0)
  }
}

type Answered = { answer: ReturnType<typeof readAnswer>; isWrong: boolean }

/** A gateway that makes one call after another without spacing. Lanes have their own tests. */
function serialGateway(answerTo: (question: Question) => Answered) {
  const asked: Question[] = []
  let last: Promise<unknown> = Promise.resolve()
  const wronglyAnswered = new Set<string>()

  async function call({ question, satisfied, storeAnswer }: GatewayRequest): Promise<Outcome> {
    asked.push(question)
    if (await satisfied?.()) return 'satisfied'
    const { answer, isWrong } = answerTo(question)
    if (isWrong) wronglyAnswered.add(windowKey(question))
    else wronglyAnswered.delete(windowKey(question))
    await storeAnswer(answer)
    return 'stored'
  }

  return {
    wronglyAnswered,
    asked,
    calls: () => asked.length,
    idle: () => last,
    lanes: async () => [],
    request(request: GatewayRequest): Ticket {
      const done = last.then(() => call(request))
      last = done
      return { done, place: () => null, etaMs: () => null }
    },
  }
}

function windowKey(question: Question): string {
  if (!('from' in question)) throw new Error('this environment answers windows only')
  const source = question.endpoint.startsWith('normal') ? 'chat' : 'task'
  const metric = question.endpoint.split('_').at(-1)
  return `${source} ${metric} ${question.from} ${question.to}`
}

/** The emulator's protocol without HTTP and admission: it answers every question, also with refusals. */
function emulated(world: World, dataS: () => number, switches: Switches) {
  const worlds = new Map([[SDK_APP_ID, world]])
  const answer = (question: Question) => {
    try {
      const body = JSON.stringify(bodyOf(question))
      return answerCall({ worlds, switches, clock: { data: dataS } }, ADMIN, question.endpoint, body)
    } catch (error) {
      if (error instanceof Refusal) return failed(error.code, error.message)
      throw error
    }
  }
  return { switches, answer }
}
