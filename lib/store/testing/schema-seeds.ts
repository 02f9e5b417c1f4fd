type Row = Record<string, string | number | null | Uint8Array>

const APP = {
  sdk_app_id: 1_400_000_001,
  region: 'singapore',
  base_url: null,
  admin_id: 'administrator',
  utc_offset_min: 480,
  origin: 'environment',
  demo: 0,
  data_key: 'sealed data key',
  key_sealed: 'sealed key',
  key_fingerprint: 'ab12',
  created_at: 1_790_000_000,
}
const COUNTS = JSON.stringify({ total: { sendable: 10, sent: 9, delivered: null, clicked: 1 }, rows: [] })

/** Rows that a version of Pushlens wrote, by the migration after which they are inserted. Never changed, like migrations. */
export const SEEDS: Record<string, [table: string, row: Row][]> = {
  '001-first': [
    ['settings', { key: 'setup', value: 'done' }],
    ['people', { id: 'p1', email: 'ana@example.com', name: 'Ana', password_hash: '$argon2id$x', created_at: 1 }],
    ['people', { id: 'p2', email: 'li@example.com', name: '李雷 “Li”', password_hash: null, created_at: 2 }],
    ['grants', { person_id: 'p1', app_id: '*', role: 'admin' }],
    ['sessions', session('s1')],
    ['sign_in_failures', { subject: 'h1', failures: 3, last_at_ms: 1_790_000_000_123, blocked_until_ms: 0 }],
    ['tokens', { ...token('t1'), app_id: '1400000001' }],
    ['tokens', { ...token('t2'), app_id: '*' }],
    ['apps', { ...APP, id: '1400000001', name: 'Shop' }],
    ['apps', { ...APP, id: '1400000002', sdk_app_id: 1_400_000_002, name: "Shop's other", removed_at: 9 }],
    ['lanes', lane('all_member_push_statistics')],
    ['calls', { app_id: '1400000001', endpoint: 'normal_push_loss', day: '2026-10-01', code: 0, count: 12 }],
    ['windows', window('statistics', COUNTS, null)],
    ['windows', window('loss', null, '[]')],
    [
      'window_answers',
      { window_id: 1, revision: 1, fetched_at: 1_790_003_700, raw: new Uint8Array([31, 139, 0, 255]) },
    ],
    ['daily', daily()],
    ['tasks', { ...task('task-1'), label: 'Summer SALE', tags: '["Sale","夏"]', note: 'Ask Ana' }],
    ['tasks', { ...task('task-2'), label: '', tags: '[]', note: '' }],
    ['observations', { app_id: '1400000001', task: 'task-1', fetched_at: 5, counts: COUNTS }],
    ['traces', trace('k1')],
    ['audit', entry('sign_in')],
    ['audit', { ...entry('lookup'), app_id: '1400000001', subject_hash: 'h2', detail: '{"n":1}' }],
  ],
  '002-collecting': [['apps', { ...APP, id: '3', name: 'Paused', paused_at: 7, spacing_ms: 2_000, by_day: 1 }]],
  '003-tasks': [['task_imports', { id: 'i1', app_id: '1400000001', at: 4, changes: '[]' }]],
  '006-known-reasons': [['known_reasons', knownReason()]],
  '011-trace-codes': [
    ['trace_codes', { app_id: '1400000001', source: 'task', key_hash: 'k1', vendor: 'apns', code: '410' }],
  ],
  '020-people': [
    ['removed_people', { id: 'p9', name: 'Ben', removed_at: 8 }],
    ['invitations', invitation()],
  ],
  '021-second-factors': [
    ['second_factors', { person_id: 'p1', data_key: 'sealed', last_step: 0, confirmed_at: 3 }],
    ['recovery_codes', { person_id: 'p1', code_hash: 'c1', used_at: null }],
    ['sessions', { ...session('s2'), second_factor_due: 1 }],
  ],
  '022-token-apps': [['tokens', { ...token('t3'), apps: '["1400000001","3"]' }]],
  '023-audit-chain': [['failed_sign_ins', { hour: 1_790_000_000, person_id: '', address: '192.0.2.0/24', count: 5 }]],
  '024-managed-apps': [
    [
      'apps',
      { ...APP, id: '4', name: 'Draft', draft: 1, place: 2, fill_from: 6, channel_names: '{"vivo":{"9":"News"}}' },
    ],
  ],
  '025-oidc-accounts': [
    ['oidc_accounts', { issuer: 'https://id.example.com', subject: 'x', person_id: 'p2', created_at: 3 }],
  ],
  '026-annotations': [['annotations', annotation()]],
  '029-failed-calls': [
    ['calls', { app_id: '3', endpoint: 'normal_push_loss', day: '2026-10-02', code: -1, count: 1, last_at_ms: 9 }],
  ],
  '030-saved-views': [
    ['saved_views', savedView()],
    ['start_views', { person_id: 'p1', view_id: 'w1' }],
  ],
  '031-shares': [
    ['shares', share()],
    ['share_people', { share_id: 's1', person_hash: 'h3' }],
    ['share_opens', { share_id: 's1', at: 7, network: '192.0.2.0/24', client: 'Firefox', outcome: 'opened' }],
  ],
  '040-leases': [['leases', { name: 'collector', owner: 'o1', term: 3, expires_at_ms: 1_790_000_000_000 }]],
}

function session(id_hash: string): Row {
  const times = { created_at: 1, seen_at: 2, expires_at: 3 }
  return { id_hash, person_id: 'p1', ...times, address: '192.0.2.1', agent: 'Firefox' }
}

function token(id: string): Row {
  return { id, name: `Token ${id}`, token_hash: `hash ${id}`, role: 'viewer', created_by: 'person:p1', created_at: 1 }
}

function lane(endpoint: string): Row {
  return { app_id: '1400000001', endpoint, next_at_ms: 0, spacing_ms: 1_000, failures: 0 }
}

function window(metric: string, counts: string | null, losses: string | null): Row {
  const key = { app_id: '1400000001', source: 'task', metric, task: '', from_s: 1_790_000_000, to_s: 1_790_003_600 }
  const state = { fetched_at: 1_790_003_700, same_since: 1_790_003_700, revision: 1, final: 0, kept: 1, unreadable: 0 }
  return { ...key, ...state, absent: '[]', counts, losses }
}

function daily(): Row {
  const row = { app_id: '1400000001', source: 'task', day: 1_789_920_000, counts: COUNTS }
  return { ...row, held_s: 3_600, as_of: 1_790_003_700, final: 0 }
}

function task(task_id: string): Row {
  return { app_id: '1400000001', task_id, sent_at: 1_790_000_000, known_by: 'person', created_at: 1_790_000_100 }
}

function trace(key_hash: string): Row {
  const sealed = { key_sealed: 'sealed key', body_sealed: 'sealed body' }
  return { app_id: '1400000001', source: 'task', key_hash, person_hash: 'h3', ...sealed, fetched_at: 5, revision: 1 }
}

function entry(action: string): Row {
  return { at: 1_790_000_000, actor: 'person:p1', action, app_id: null, subject_hash: null, detail: '{}' }
}

function knownReason(): Row {
  const key = { app_id: '1400000001', source: 'task', stage: 'post_send', code: '410' }
  return { ...key, until_s: 1_800_000_000, note: 'Known', base_count: null, base_days: 7 }
}

function invitation(): Row {
  const times = { created_at: 1, expires_at: 2 }
  return { id: 'v1', token_hash: 'h4', email: 'kim@example.com', grants: '[]', created_by: 'person:p1', ...times }
}

function annotation(): Row {
  return { id: 'n1', app_id: '1400000001', source: null, at: 5, text: 'Release', author: 'person:p1', created_at: 6 }
}

function savedView(): Row {
  return { id: 'w1', person_id: 'p1', app_id: '1400000001', name: 'Week', page: 'overview', query: '{}', created_at: 6 }
}

function share(): Row {
  const grant = { id: 's1', app_id: '1400000001', secret_hash: 'h5', owner: 'person:p1', created_at: 6, ends_at: 9 }
  return { ...grant, name: 'Partner', content: '{"kind":"live"}', origins: '[]', picture: 0 }
}
