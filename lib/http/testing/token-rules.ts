const TOKEN = { name: 'Report', role: 'viewer', apps: ['*'] }
const ADMINISTRATOR = { anonymous: 401 }

/** Who gets which status on the routes of API tokens, which belong to administrators of all apps. */
export const TOKEN_RULES = {
  'GET /api/v1/tokens': { own: { ...ADMINISTRATOR, owner: 200, 'owner token': 200 }, otherwise: 403 },
  // A token creates no tokens.
  'POST /api/v1/tokens': {
    body: TOKEN,
    own: { ...ADMINISTRATOR, owner: 201, 'owner token': 403 },
    otherwise: 403,
  },
  // This token does not exist: callers with access get a 404.
  'DELETE /api/v1/tokens/[id]': { own: { ...ADMINISTRATOR, owner: 404, 'owner token': 404 }, otherwise: 403 },
  'GET /api/v1/openapi.json': { own: { anonymous: 401 }, otherwise: 200 },
}
