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
export const SHARE = { name: 'For the partner', content: { kind: 'live', scope: SCOPE } }

/** Who gets which status on the routes of shared links. The link of these requests exists, and is of the own app. */
export const SHARE_RULES = {
  ...SHARE_VIEW_RULES,
  'POST /api/v1/apps/[app]/shares': { ...administrators(201), body: SHARE },
  'GET /api/v1/apps/[app]/shares/owners': administrators(200),
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
