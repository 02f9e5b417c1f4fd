const VIEW = {
  name: 'Vendors of the week',
  app: '1400187352',
  page: 'overview',
  query: { source: 'task', range: '7d' },
}
/** A token has no views. */
const PERSONS = {
  anonymous: 401,
  'viewer token': 403,
  'editor token': 403,
  'support token': 403,
  'admin token': 403,
  'owner token': 403,
}

/** Who gets which status on the routes of saved views, which belong to the person who saved them. */
export const VIEW_RULES = {
  'GET /api/v1/views': { own: PERSONS, otherwise: 200 },
  'POST /api/v1/views': { body: VIEW, own: { ...PERSONS, outsider: 404 }, otherwise: 201 },
  // Nobody has this view.
  'PUT /api/v1/views/[id]': { body: { name: 'Vendors' }, own: PERSONS, otherwise: 404 },
  'DELETE /api/v1/views/[id]': { own: PERSONS, otherwise: 404 },
}
