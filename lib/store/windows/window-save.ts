import 'server-only'
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import type { Selectable, Transaction } from 'kysely'
import { DAY, GROWS_FOR } from '@/lib/contract/limits'
import type { LossRecord, LossRow } from '@/lib/contract/records'
import type { Metric, Source } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { type WriteFor, writesOf } from '@/lib/store/engine/unsynced'
import { rollUp } from './daily'
import { observe } from './observations'
import { encodeCounts, encodeLosses, hasDecreased, type WindowCounts } from './window-rows'

/**
 * The upstream's answer to one request. `[from, to)` and `fetchedAt` are epoch seconds; `task` '' is the overall total.
 */
export interface WindowAnswer {
  appId: string
  source: Source
  metric: Metric
  task: string
  from: number
  to: number
  fetchedAt: number
  raw: string
  unreadable: number
  absent: LossRecord['absent']
  /** Null in an answer of losses, and if the upstream returned no record of this task. */
  counts: WindowCounts | null
  losses: LossRow[] | null
  /** The horizon has passed, so nothing will change any more. */
  final?: boolean
  /** Kept for good (an aligned bucket, a life). This is never undone. */
  kept?: boolean
  /** The whole life of a task so far: its counts are also an observation. */
  life?: boolean
}

/** `older`: a newer answer is stored and stays. `lower`: some count decreased, and the earlier answer is kept. */
export interface Saved {
  id: number
  revision: number
  outcome: 'new' | 'same' | 'changed' | 'lower' | 'older'
}

type Row = Selectable<Database['windows']>
type Body = Pick<Row, 'absent' | 'counts' | 'losses'>
type Held = Body & Pick<Row, 'id' | 'fetched_at' | 'same_since' | 'fell_at' | 'revision' | 'final'>
interface Packed {
  answer: WindowAnswer
  body: Body
  raw: Uint8Array
}

const compress = promisify(deflateRaw)
const KEY = ['app_id', 'source', 'metric', 'task', 'from_s', 'to_s'] as const

/** Saves all answers of one app or none, in one transaction. The outcomes are in the order of the answers. */
export async function saveWindows(
  db: Db,
  answers: WindowAnswer[],
  write: WriteFor = writesOf(db, null),
): Promise<Saved[]> {
  const [first] = answers
  if (!first) return []
  const packed = await Promise.all(answers.map(pack))
  // Replicas that lock the same windows in the same order never deadlock.
  const order = packed.map((_, i) => i).sort((a, b) => compareKeys(packed[a]?.answer, packed[b]?.answer))
  const saved = new Map<number, Saved>()
  const save = async (trx: Transaction<Database>) => {
    for (const i of order) {
      const one = packed[i]
      if (!one) continue
      const outcome = await saveOne(trx, one)
      saved.set(i, outcome)
      if (outcome.outcome !== 'older') await rollUp(trx, one.answer)
      if (one.answer.life && one.body.counts !== null) await observe(trx, one.answer, one.body.counts)
    }
    await bumpRevision(trx, first.appId)
  }
  await write(first.appId, (on) => on.transaction().execute(save))
  return packed.flatMap((_, i) => saved.get(i) ?? [])
}

/** Runs last, so that the app's row is locked only briefly. */
async function bumpRevision(trx: Transaction<Database>, appId: string): Promise<void> {
  const next = trx.updateTable('apps').set((eb) => ({ archive_revision: eb('archive_revision', '+', 1) }))
  await next.where('id', '=', appId).execute()
}

async function pack(answer: WindowAnswer): Promise<Packed> {
  const body = {
    absent: JSON.stringify(answer.absent),
    counts: answer.counts && encodeCounts(answer.counts),
    losses: answer.losses && encodeLosses(answer.losses),
  }
  return { answer, body, raw: await compress(answer.raw) }
}

async function saveOne(trx: Transaction<Database>, { answer, body, raw }: Packed): Promise<Saved> {
  const first = await insert(trx, answer, body)
  if (first) {
    await keepRaw(trx, first.id, 1, answer.fetchedAt, raw)
    return { id: first.id, revision: 1, outcome: 'new' }
  }
  const held = await lock(trx, answer)
  if (answer.fetchedAt < held.fetched_at) return { id: held.id, revision: held.revision, outcome: 'older' }
  const outcome = compare(held, body)
  const revision = held.revision + (outcome === 'same' ? 0 : 1)
  const sameSince = outcome === 'same' ? held.same_since : answer.fetchedAt
  await trx
    .updateTable('windows')
    .set({
      ...body,
      fetched_at: answer.fetchedAt,
      same_since: sameSince,
      fell_at: outcome === 'lower' ? answer.fetchedAt : held.fell_at,
      revision,
      final: outcome === 'same' && held.final ? 1 : finality(answer, sameSince),
      unreadable: answer.unreadable,
    })
    .where('id', '=', held.id)
    .execute()
  if (outcome === 'changed') await dropRaw(trx, held.id, held.revision)
  await keepRaw(trx, held.id, revision, answer.fetchedAt, raw)
  return { id: held.id, revision, outcome }
}

function insert(trx: Transaction<Database>, answer: WindowAnswer, body: Body): Promise<{ id: number } | undefined> {
  return trx
    .insertInto('windows')
    .values({
      ...keyOf(answer),
      ...body,
      fetched_at: answer.fetchedAt,
      same_since: answer.fetchedAt,
      fell_at: null,
      revision: 1,
      final: finality(answer, answer.fetchedAt),
      kept: answer.kept ? 1 : 0,
      unreadable: answer.unreadable,
    })
    .onConflict((conflict) => conflict.columns(KEY).doNothing())
    .returning('id')
    .executeTakeFirst()
}

/** Returns the row and locks it until the transaction ends. An update is the only way to do so on both databases. */
function lock(trx: Transaction<Database>, answer: WindowAnswer): Promise<Held> {
  const key = keyOf(answer)
  let update = trx.updateTable('windows').set((eb) => ({ kept: answer.kept ? 1 : eb.ref('kept') }))
  for (const column of KEY) update = update.where(column, '=', key[column])
  return update
    .returning(['id', 'fetched_at', 'same_since', 'fell_at', 'revision', 'final', 'absent', 'counts', 'losses'])
    .executeTakeFirstOrThrow()
}

function compare(held: Body, answered: Body): 'same' | 'changed' | 'lower' {
  if (held.counts === answered.counts && held.losses === answered.losses && held.absent === answered.absent)
    return 'same'
  const lower =
    hasDecreased(held.counts ?? '[]', answered.counts ?? '[]') ||
    hasDecreased(held.losses ?? '[]', answered.losses ?? '[]')
  return lower ? 'lower' : 'changed'
}

/** A window is final if two fetches a day apart agree, after the time for late receipts and clicks. */
function finality(answer: WindowAnswer, sameSince: number): 0 | 1 {
  return answer.final || answer.fetchedAt - Math.max(sameSince, answer.to + GROWS_FOR) >= DAY ? 1 : 0
}

async function keepRaw(trx: Transaction<Database>, id: number, revision: number, fetchedAt: number, raw: Uint8Array) {
  await trx
    .insertInto('window_answers')
    .values({ window_id: id, revision, fetched_at: fetchedAt, raw })
    .onConflict((conflict) => conflict.columns(['window_id', 'revision']).doUpdateSet({ fetched_at: fetchedAt, raw }))
    .execute()
}

async function dropRaw(trx: Transaction<Database>, id: number, revision: number) {
  await trx.deleteFrom('window_answers').where('window_id', '=', id).where('revision', '=', revision).execute()
}

function keyOf(answer: WindowAnswer) {
  return {
    app_id: answer.appId,
    source: answer.source,
    metric: answer.metric,
    task: answer.task,
    from_s: answer.from,
    to_s: answer.to,
  }
}

function compareKeys(a: WindowAnswer | undefined, b: WindowAnswer | undefined): number {
  const [x, y] = [JSON.stringify(a && keyOf(a)), JSON.stringify(b && keyOf(b))]
  return x < y ? -1 : x > y ? 1 : 0
}
