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

/** One look-up: its request, and the keyed hashes under which the answer is stored. */
export interface TraceKey {
  source: Source
  question: Question
  keyText: string
  keyHash: string
  /** Null where the request names no person. */
  personHash: string | null
}

export interface StoredTrace {
  devices: DeviceRecord[]
  unreadable: number
  raw: string
  /** Epoch seconds. */
  fetchedAt: number
}

export interface PersonTrace extends StoredTrace {
  taskId: string
}

type SealedBody = Omit<StoredTrace, 'fetchedAt'>

/** Returns the key of a look-up; the same IDs always give the same key. */
export function makeTraceKey(ctx: Pick<Context, 'vault'>, query: TraceQuery): TraceKey {
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

/** Returns the stored answer of a look-up; null where there is none. */
export async function findTrace(ctx: Context, app: AppRow, key: TraceKey): Promise<StoredTrace | null> {
  const row = await ctx.store.traces.find({ appId: app.id, source: key.source, keyHash: key.keyHash })
  return row && openTrace(ctx, app, row)
}

/** Returns the stored campaigns of one person, the last looked up first. */
export async function tracesOfPerson(
  ctx: Context,
  app: AppRow,
  personHash: string,
  limit: number,
): Promise<PersonTrace[]> {
  const rows = await ctx.store.traces.listOfPerson(app.id, personHash, limit)
  return rows.map((row) => {
    // The key of a person's trace is always TaskID and UserID: see `makeTraceKey`.
    const [taskId = ''] = openTraceIds(ctx, app, row)
    return { ...openTrace(ctx, app, row), taskId }
  })
}

/** Returns the IDs that were looked up: a PushID, or TaskID and UserID. */
export function openTraceIds(
  ctx: Pick<Context, 'vault'>,
  app: AppRow,
  row: Pick<HeldTrace, 'keyHash' | 'keySealed'>,
): string[] {
  // Only `storeTrace` writes this column, from the text of `makeTraceKey`.
  return JSON.parse(ctx.vault.open(app, sealedColumn('key_sealed', row), row.keySealed)) as string[]
}

/** Stores an answer sealed and registers its campaign. Deletes traces that are older than the retention. */
export async function storeTrace(ctx: Context, app: AppRow, key: TraceKey, answer: Answer): Promise<void> {
  if (answer.kind !== 'trace') throw new Error(`a ${answer.kind} answer is no trace`)
  const fetchedAt = ctx.clock.dataS()
  const body: SealedBody = { devices: answer.devices, unreadable: answer.quarantined.length, raw: answer.raw }
  await ctx.store.traces.save({
    appId: app.id,
    source: key.source,
    keyHash: key.keyHash,
    personHash: key.personHash,
    keySealed: ctx.vault.seal(app, sealedColumn('key_sealed', key), key.keyText),
    bodySealed: ctx.vault.seal(app, sealedColumn('body_sealed', key), JSON.stringify(body)),
    fetchedAt,
  })
  await ctx.store.traceCodes.set({ appId: app.id, ...key }, codesOf(answer.devices))
  if (key.question.endpoint === 'all_member_push_trace' && answer.devices.length > 0) {
    const { taskId } = key.question
    await ctx.store.tasks.register({
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

function openTrace(ctx: Pick<Context, 'vault'>, app: AppRow, row: HeldTrace): StoredTrace {
  // Only `storeTrace` writes this column, and the seal proves it.
  const body = JSON.parse(ctx.vault.open(app, sealedColumn('body_sealed', row), row.bodySealed)) as SealedBody
  return { ...body, fetchedAt: row.fetchedAt }
}

function sealedColumn(column: string, key: { keyHash: string }) {
  return { table: 'traces', column, row: key.keyHash }
}
