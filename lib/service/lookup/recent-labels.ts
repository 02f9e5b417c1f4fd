import 'server-only'
import { isPushlensError } from '@/lib/contract/errors'
import type { LookupLinkReply } from '@/lib/contract/lookup-text'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

type Recent = NonNullable<LookupLinkReply['recent']>

interface Owner {
  app: AppRow
  /** The person who looked it up. */
  principal: { id: string }
}

/**
 * Seals the name of a look-up for the browser of one person. Nobody else can open it, not even somebody who may look
 * up users. `id` is the same for the same look-up of the same person.
 */
export function sealRecent(ctx: Pick<Context, 'vault'>, owner: Owner, kind: Recent['kind'], label: string): Recent {
  const id = ctx.vault.hash('person', JSON.stringify(['recent', owner.app.id, owner.principal.id, kind, label]))
  return { kind, id, sealed: ctx.vault.seal(owner.app, columnOf(owner), label) }
}

/** Opens the name of a look-up; null if it is not this person's, belongs to another app, or was changed. */
export function openRecent(ctx: Pick<Context, 'vault'>, owner: Owner, sealed: string): string | null {
  try {
    return ctx.vault.open(owner.app, columnOf(owner), sealed)
  } catch (error) {
    if (isPushlensError(error)) return null
    throw error
  }
}

function columnOf({ app, principal }: Owner) {
  return { table: 'recent_lookups', column: 'label', row: JSON.stringify([app.id, principal.id]) }
}
