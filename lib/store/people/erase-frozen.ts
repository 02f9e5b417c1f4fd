import 'server-only'
import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import { canonicalJson, type FrozenDocument } from '@/lib/contract/shares/frozen'
import type { SharedView } from '@/lib/contract/shares/view'
import type { Database } from '@/lib/store/engine/schema'

interface Erasing {
  appId: string
  personHash: string
  /** Replaces the UserID in a text. */
  without(text: string): string
  /** Epoch seconds. */
  at: number
}

/** Fields with free text. A UserID may also be the name of a page or of a vendor, which have to stay. */
const WRITTEN = ['label', 'text', 'title', 'name', 'tag', 'reason']

/**
 * Erases a person from links: empties frozen look-ups about her, and replaces her UserID in what other links keep and are
 * called. A frozen text that changed has another hash, and says that somebody was erased from it. Returns how many changed.
 */
export async function eraseFromShares(
  trx: Transaction<Database>,
  { appId, personHash, without, at }: Erasing,
): Promise<number> {
  const about = await trx.selectFrom('share_people').select('share_id').where('person_hash', '=', personHash).execute()
  const isAbout = new Set(about.map(({ share_id }) => share_id))
  const shares = await trx.selectFrom('shares').select(['id', 'name', 'content']).where('app_id', '=', appId).execute()
  let changed = 0
  for (const { id, name, content } of shares) {
    const frozen = await frozenOf(trx, id)
    const after = frozen === null ? null : erased(frozen, isAbout.has(id), without)
    const kept = after === frozen ? {} : { frozen: after, sha256: sha256(after ?? ''), erased_at: at }
    const named = { name: without(name), content: inTexts(content, without) }
    const isSame = after === frozen && named.name === name && named.content === content
    if (isSame) continue
    changed += 1
    await trx
      .updateTable('shares')
      .set({ ...named, ...kept })
      .where('id', '=', id)
      .execute()
  }
  return changed
}

/** One at a time: a frozen text may be large. */
async function frozenOf(trx: Transaction<Database>, id: string): Promise<string | null> {
  const row = await trx.selectFrom('shares').select('frozen').where('id', '=', id).executeTakeFirst()
  return row?.frozen ?? null
}

function erased(frozen: string, isAbout: boolean, without: Erasing['without']): string {
  const text = inTexts(frozen, without)
  if (!isAbout && text === frozen) return frozen
  // Only `freeze` writes this text.
  const document = JSON.parse(text) as FrozenDocument
  const views = isAbout ? document.views.map(emptied) : document.views
  return canonicalJson({ ...document, erased: true, views })
}

/** Keeps when the look-up was made, and nothing of what it found. */
function emptied(view: SharedView): SharedView {
  if (view.page !== 'lookup') return view
  const { trace } = view
  const nothing = { verdict: null, devices: [], raw: null, receivedAt: null, unreadable: 0 }
  return { ...view, trace: { ...trace, ...nothing, request: { path: trace.request.path, body: {} } } }
}

/** Replaces in the texts that people or Tencent wrote. The keys and their order stay. */
function inTexts(json: string, without: Erasing['without']): string {
  const before: unknown = JSON.parse(json)
  const after = JSON.stringify(before, (name, value: unknown) =>
    typeof value === 'string' && WRITTEN.includes(name) ? without(value) : value,
  )
  return after === JSON.stringify(before) ? json : after
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
