import 'server-only'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { TraceQuery } from '@/lib/contract/traces'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { codesOf } from '@/lib/report/trace/trace-codes'
import type { Context } from '@/lib/service/context'
import { noteOffset } from '@/lib/service/read/seen-offset'
import type { AppRow } from '@/lib/store/people/apps'
import type { HeldTrace } from '@/lib/store/people/traces'
import type { Answer, Question } from '@/lib/timpush/question'

/** One look-up: its question, and the keyed hashes under which its answer is kept. */
export interface TraceKey {
  source: Source
  question: Question
  keyText: string
  keyHash: string
  personHash: string | null
}

export interface KeptTrace {
  devices: DeviceRecord[]
  unreadable: number
  raw: string
  /** Epoch seconds. */
  fetchedAt: number
}

type Body = Omit<KeptTrace, 'fetchedAt'>

export function keyOf(ctx: Pick<Context, 'vault'>, query: TraceQuery): TraceKey {
  if (query.pushId !== undefined) {
    const keyText = JSON.stringify([query.pushId])
    return {
      source: 'chat',
      question: { endpoint: 'normal_push_trace', pushId: query.pushId },
      keyText,
      keyHash: ctx.vault.hash('trace', keyText),
      personHash: null,
    }
  }
  const [taskId, userId] = [query.taskId ?? '', query.userId ?? '']
  const keyText = JSON.stringify([taskId, userId])
  return {
    source: 'task',
    question: { endpoint: 'all_member_push_trace', taskId, userId },
    keyText,
    keyHash: ctx.vault.hash('trace', keyText),
    personHash: ctx.vault.hash('person', userId),
  }
}

export async function findTrace(ctx: Context, app: AppRow, key: TraceKey): Promise<KeptTrace | null> {
  const held = await ctx.store.traces.find({ appId: app.id, source: key.source, keyHash: key.keyHash })
  return held && openTrace(ctx, app, held)
}

function openTrace(ctx: Pick<Context, 'vault'>, app: AppRow, held: HeldTrace): KeptTrace {
  // Only `keepTrace` writes this column, and the seal proves it.
  const body = JSON.parse(ctx.vault.open(app, place('body_sealed', held), held.bodySealed)) as Body
  return { ...body, fetchedAt: held.fetchedAt }
}

export interface PersonTrace extends KeptTrace {
  taskId: string
}

/** What was asked: a PushID, or TaskID and UserID. */
export function openKey(
  ctx: Pick<Context, 'vault'>,
  app: AppRow,
  held: Pick<HeldTrace, 'keyHash' | 'keySealed'>,
): string[] {
  // Only `keepTrace` writes this column, from the text of `keyOf`.
  return JSON.parse(ctx.vault.open(app, place('key_sealed', held), held.keySealed)) as string[]
}

/** The campaigns kept of one person, the last looked up first. */
export async function tracesOf(ctx: Context, app: AppRow, personHash: string, limit: number): Promise<PersonTrace[]> {
  const all = await ctx.store.traces.listOfPerson(app.id, personHash, limit)
  return all.map((held) => {
    // A key that names a person is always TaskID and UserID: see `keyOf`.
    const [taskId = ''] = openKey(ctx, app, held)
    return { ...openTrace(ctx, app, held), taskId }
  })
}

/** Keeps an answer sealed, and the campaign it was about as known; drops what is older than the retention. */
export async function keepTrace(ctx: Context, app: AppRow, key: TraceKey, answer: Answer): Promise<void> {
  if (answer.kind !== 'trace') throw new Error(`a ${answer.kind} answer is no trace`)
  const fetchedAt = ctx.clock.dataS()
  const body: Body = { devices: answer.devices, unreadable: answer.quarantined.length, raw: answer.raw }
  await ctx.store.traces.save({
    appId: app.id,
    source: key.source,
    keyHash: key.keyHash,
    personHash: key.personHash,
    keySealed: ctx.vault.seal(app, place('key_sealed', key), key.keyText),
    bodySealed: ctx.vault.seal(app, place('body_sealed', key), JSON.stringify(body)),
    fetchedAt,
  })
  await ctx.store.traceCodes.set({ appId: app.id, ...key }, codesOf(answer.devices))
  if (key.question.endpoint === 'all_member_push_trace' && answer.devices.length > 0) {
    const { taskId } = key.question
    await ctx.store.tasks.know({
      appId: app.id,
      taskId,
      sentAt: hintsOf(taskId).sentAt,
      knownBy: 'lookup',
      createdAt: fetchedAt,
    })
  }
  const id = 'pushId' in key.question ? key.question.pushId : 'taskId' in key.question ? key.question.taskId : ''
  await noteOffset(ctx.store.settings, app, { id, keyHash: key.keyHash }, answer.devices)
  await ctx.store.traces.pruneBefore(fetchedAt - ctx.retentionTracesDays * 86_400)
}

function place(column: string, key: { keyHash: string }) {
  return { table: 'traces', column, row: key.keyHash }
}
