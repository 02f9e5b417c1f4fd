import 'server-only'

const administrators = { own: { anonymous: 401, owner: 200 }, otherwise: 403 }

/** Who gets which status from the audit, the retention and the master key: administrators of all apps only. */
export const AUDIT_RULES = {
  'GET /api/v1/audit': administrators,
  'GET /api/v1/audit/failed-sign-ins': administrators,
  'GET /api/v1/retention': administrators,
  'POST /api/v1/master-key/rotate': { ...administrators, body: {} },
}
