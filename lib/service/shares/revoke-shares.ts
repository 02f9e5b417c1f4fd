import 'server-only'
import { type By, byOf, recordAuditAs } from '@/lib/access/audit'
import { requireSignedIn } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { Principal } from '@/lib/access/principal'
import type { RevokedSharesReply, RevokeSharesBody } from '@/lib/contract/shares/share'
import { administeredApps } from './list-shares'
import type { ShareContext } from './share-reply'

/**
 * Revokes for good all links of an app, all that a person or token owns, or both conditions at once; only those of apps that
 * the principal administers. Throws `forbidden` if they administer none, and `not_found` for an app that is not theirs.
 */
export async function revokeShares(
  ctx: ShareContext,
  principal: Principal,
  { app, owner }: RevokeSharesBody,
): Promise<RevokedSharesReply> {
  const known = requireSignedIn(principal)
  const apps = await administeredApps(ctx, known, app)
  return { revoked: await revokeAll(ctx, { apps, owner }, byOf(known)) }
}

/** Revokes the chosen links and records each app in the audit. Returns their number. Also for the command line. */
export async function revokeAll(
  { store, clock }: ShareContext,
  { apps, owner }: { apps: readonly string[] | null; owner?: string | undefined },
  by: By,
): Promise<number> {
  const chosen = { apps, ...(owner === undefined ? {} : { owner: ownerText(owner) }) }
  const ended = await store.shares.revoke(chosen, wallS(clock))
  for (const appId of new Set(ended.map(({ app_id }) => app_id))) {
    const detail = { shares: ended.filter(({ app_id }) => app_id === appId).length, ...subjectOf(owner) }
    await recordAuditAs({ audit: store.audit, clock }, { ...by, action: 'share.revoke_all', appId, detail })
  }
  return ended.length
}

/** `owner` is the ID of a person, or `token:<id>`. */
const ownerText = (owner: string) => (/^(person|token):/.test(owner) ? owner : `person:${owner}`)

/** Names the owner in a way that the audit finds the name of. */
function subjectOf(owner: string | undefined): Record<string, string> {
  if (owner === undefined) return {}
  const [, kind = 'person', id = owner] = /^(person|token):(.*)$/.exec(owner) ?? []
  return { [kind]: id }
}
