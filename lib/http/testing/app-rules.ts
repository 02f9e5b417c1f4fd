const OWN = '1400187352'
const ADMIN = { anonymous: 401, outsider: 404 }
export const TRACE = { taskId: 'a_b_c', userId: 'kim' }
const READ = { own: { anonymous: 401, outsider: 404 }, otherwise: 200 }
const LOOK_UP = {
  own: { anonymous: 401, outsider: 404, support: 200, admin: 200, 'support token': 200 },
  otherwise: 403,
}
const WRITE = {
  own: { anonymous: 401, outsider: 404, editor: 200, admin: 200, 'editor token': 200 },
  otherwise: 403,
}
/** These write to something that does not exist: callers with access get a 404. */
const WRITE_NOTHING = { ...WRITE, own: { ...WRITE.own, editor: 404, admin: 404, 'editor token': 404 } }
const NOTE = { text: 'New SDK', at: '2026-01-05T09:30' }
const KNOWN = { source: 'task', stage: 'post_send', code: '16' }
const SOON = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

/** Who gets which status on the routes of apps. */
export const APP_RULES = {
  // The token asks after the person, who has connected the app already.
  'POST /api/v1/apps': {
    body: { sdkAppId: 1_400_000_009, secretKey: 'a-secret-key-that-signs-nothing-here' },
    own: { anonymous: 401, owner: 201, 'owner token': 409 },
    otherwise: 403,
  },
  'PATCH /api/v1/apps/[app]': { body: { paused: false }, own: { ...ADMIN, admin: 200 }, otherwise: 403 },
  // The environment would bring this app back.
  'DELETE /api/v1/apps/[app]': {
    body: { confirm: OWN, archive: 'keep' },
    own: { ...ADMIN, admin: 409 },
    otherwise: 403,
  },
  'POST /api/v1/apps/[app]/check': { body: {}, own: { ...ADMIN, admin: 200 }, otherwise: 403 },
  'POST /api/v1/apps/[app]/collecting': {
    body: {},
    own: { anonymous: 401, outsider: 404, admin: 200 },
    otherwise: 403,
  },
  'GET /api/v1/apps/[app]/annotations': READ,
  'POST /api/v1/apps/[app]/annotations': {
    body: NOTE,
    own: { ...WRITE.own, editor: 201, admin: 201, 'editor token': 201 },
    otherwise: 403,
  },
  'PATCH /api/v1/apps/[app]/annotations/[id]': { ...WRITE_NOTHING, body: NOTE },
  'DELETE /api/v1/apps/[app]/annotations/[id]': WRITE_NOTHING,
  'GET /api/v1/apps/[app]/changes': READ,
  'GET /api/v1/apps/[app]/funnel': READ,
  'GET /api/v1/apps/[app]/losses': READ,
  'PUT /api/v1/apps/[app]/losses/known': { ...WRITE, body: { ...KNOWN, until: SOON } },
  'DELETE /api/v1/apps/[app]/losses/known': { ...WRITE, body: KNOWN },
  'GET /api/v1/apps/[app]/status': { own: { anonymous: 401, outsider: 404, admin: 200 }, otherwise: 403 },
  'GET /api/v1/apps/[app]/tasks': READ,
  'PUT /api/v1/apps/[app]/tasks/[taskId]': { ...WRITE, body: { label: 'Lunch' } },
  'POST /api/v1/apps/[app]/tasks/import': { ...WRITE, body: { text: 'a_b_c' } },
  'POST /api/v1/apps/[app]/tasks/import/undo': {
    ...WRITE_NOTHING,
    body: { undo: '0f7b4d6e-6c0e-4a3c-9a63-2f1f4f6f0c11' },
  },
  'GET /api/v1/apps/[app]/tasks/compare': { ...READ, query: '?task=a_b_c,d_e_f' },
  'GET /api/v1/apps/[app]/tasks/cover': READ,
  'GET /api/v1/apps/[app]/tasks/growth': { ...READ, query: '?taskId=a_b_c' },
  'POST /api/v1/apps/[app]/tasks/search': { ...READ, body: { q: 'sale' } },
  'GET /api/v1/reasons': { own: { anonymous: 401 }, otherwise: 200 },
  'GET /api/v1/apps/[app]/traces': { ...LOOK_UP, query: '?pushId=a_b_c' },
  'POST /api/v1/apps/[app]/traces/box': { ...LOOK_UP, body: { text: 'kim' } },
  'POST /api/v1/apps/[app]/traces/bulk': { ...LOOK_UP, body: { items: [TRACE], ask: false } },
  'POST /api/v1/apps/[app]/traces/lookup': { ...LOOK_UP, body: TRACE },
  'POST /api/v1/apps/[app]/traces/recent': { ...LOOK_UP, body: { sealed: [] } },
  'POST /api/v1/apps/[app]/users/erase': {
    body: { userId: 'kim', confirm: 'kim' },
    own: { anonymous: 401, outsider: 404, admin: 200 },
    otherwise: 403,
  },
  'POST /api/v1/apps/[app]/users/lookup': { ...LOOK_UP, body: { userId: 'kim' } },
}
