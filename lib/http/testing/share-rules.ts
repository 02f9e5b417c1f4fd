import { hashSecret, newSecret, newShareId } from '@/lib/access/shares/secret'
import type { Running } from '@/lib/context'
import { SHARE_PASS_HEADER, SHARE_SECRET_HEADER } from '@/lib/contract/shares/pages'
import type { Store } from '@/lib/store/store'
import { newShare } from '@/lib/store/testing/shares'
import { SHARE_VIEW_RULES } from './share-view-rules'

/** Administrators of the app: a person, and tokens. */
const administrators = (answer: number) => ({ own: { anonymous: 401, outsider: 404, admin: answer }, otherwise: 403 })
/** Administrators of any app. Whoever administers none may not even ask. */
const anywhere = (answer: number) => ({ own: { anonymous: 401, admin: answer }, otherwise: 403 })

const SCOPE = {
  pages: ['overview'],
  source: 'task',
  tasks: { kind: 'all' },
  vendors: null,
  range: { mode: 'rolling', preset: '7d' },
  dates: { kind: 'none' },
  figures: 'counts',
}
const SHARE = { name: 'For the partner', content: { kind: 'live', scope: SCOPE } }

/** Who gets which status on the routes of shared links. The link of these requests exists, and is of the own app. */
export const SHARE_RULES = {
  ...SHARE_VIEW_RULES,
  'POST /api/v1/apps/[app]/shares': { ...administrators(201), body: SHARE },
  'GET /api/v1/apps/[app]/shares/owners': administrators(200),
  'POST /api/v1/apps/[app]/shares/preview': { ...administrators(200), body: { scope: SCOPE } },
  'PATCH /api/v1/apps/[app]/shares/[share]': { ...administrators(200), body: { name: 'For the manager' } },
  'DELETE /api/v1/apps/[app]/shares/[share]': administrators(200),
  'GET /api/v1/apps/[app]/shares/[share]/opens': administrators(200),
  'GET /api/v1/shares': anywhere(200),
  'POST /api/v1/shares/revoke': { ...anywhere(200), body: { owner: 'nobody' } },
}

/** Adds a link to an app and returns its ID. */
export async function addShare({ shares }: Pick<Store, 'shares'>, app: string): Promise<string> {
  const id = 'AAAAAAAAAAAAAAAAAAAAAA'
  await shares.create(newShare({ id, app_id: app, content: JSON.stringify(SHARE.content) }))
  return id
}

/** Adds a link and returns the headers of its visitor. Its secret is worth nothing at any other route. */
export async function addVisitor({ ctx, access }: Running, app: string): Promise<Record<string, string>> {
  const secret = newSecret().reveal()
  const content = JSON.stringify(SHARE.content)
  const secret_hash = hashSecret(access.master, secret)
  await ctx.store.shares.create(newShare({ id: newShareId(), app_id: app, secret_hash, content }))
  return { [SHARE_SECRET_HEADER]: secret, [SHARE_PASS_HEADER]: `9999999999.${'x'.repeat(43)}` }
}
