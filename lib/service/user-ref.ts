import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import type { AppRow } from '@/lib/store/apps'
import type { Context } from './context'

/** A UserID as addresses carry it: sealed with the app's own key, so that it opens for this app alone and nowhere else. */
export function userRefOf(ctx: Pick<Context, 'vault'>, app: AppRow, userId: string): string {
  return ctx.vault.seal(app, place(app), userId)
}

/** Throws `not_found` for what was made for another app, was changed, or is no reference at all. */
export function userOfRef(ctx: Pick<Context, 'vault'>, app: AppRow, ref: string): string {
  try {
    return ctx.vault.open(app, place(app), ref)
  } catch (cause) {
    throw new PushlensError('not_found', 'a reference to a user that does not open', 'ref', { cause })
  }
}

function place(app: AppRow) {
  return { table: 'addresses', column: 'person', row: app.id }
}
