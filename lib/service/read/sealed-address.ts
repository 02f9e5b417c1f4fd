import 'server-only'
import { isPushlensError } from '@/lib/contract/errors'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** What one of our addresses can carry sealed: a look-up, a list of look-ups, or one user. */
export type SealedKind = 'lookup' | 'list' | 'user'

/**
 * Seals an ID for an address, so that histories, logs and tickets contain no UserID. Everybody who may look up in this app
 * can open it, for as long as the app has its data key. The result fits a path, a query and a fragment.
 */
export function sealAddress(ctx: Pick<Context, 'vault'>, app: AppRow, kind: SealedKind, text: string): string {
  return ctx.vault.seal(app, sealedColumn(app, kind), text)
}

/** Opens a sealed address; null if it is not ours, belongs to another app or kind, or was shortened. */
export function openAddress(ctx: Pick<Context, 'vault'>, app: AppRow, kind: SealedKind, sealed: string): string | null {
  try {
    return ctx.vault.open(app, sealedColumn(app, kind), sealed)
  } catch (error) {
    if (isPushlensError(error)) return null
    throw error
  }
}

function sealedColumn(app: AppRow, kind: SealedKind) {
  return { table: 'addresses', column: kind, row: app.id }
}
