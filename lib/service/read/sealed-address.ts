import 'server-only'
import { isPushlensError } from '@/lib/contract/errors'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** What an address of ours carries sealed: a look-up, a list of them, or one person. */
export type Carried = 'lookup' | 'list' | 'user'

/**
 * An ID of a person for an address, so that histories, logs and tickets hold no UserID. Whoever may look up in this app
 * opens it, for as long as the app has its data key; it fits a path, a query and a fragment.
 */
export function sealAddress(ctx: Pick<Context, 'vault'>, app: AppRow, what: Carried, text: string): string {
  return ctx.vault.seal(app, place(app, what), text)
}

/** Null for what is not ours, of another app, of another kind, or was shortened on the way. */
export function openAddress(ctx: Pick<Context, 'vault'>, app: AppRow, what: Carried, sealed: string): string | null {
  try {
    return ctx.vault.open(app, place(app, what), sealed)
  } catch (error) {
    if (isPushlensError(error)) return null
    throw error
  }
}

function place(app: AppRow, what: Carried) {
  return { table: 'addresses', column: what, row: app.id }
}
