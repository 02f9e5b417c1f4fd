/** Who gets which status on the routes of backups: administrators of all apps. Tokens take and delete none. */
export const BACKUP_RULES = {
  'GET /api/v1/backups': { own: { anonymous: 401, owner: 200 }, otherwise: 403 },
  'POST /api/v1/backups': { body: {}, own: { anonymous: 401, owner: 201 }, otherwise: 403 },
  // This backup does not exist: callers with access get a 404.
  'GET /api/v1/backups/[name]': { own: { anonymous: 401, owner: 404, 'owner token': 403 }, otherwise: 403 },
  'DELETE /api/v1/backups/[name]': { own: { anonymous: 401, owner: 404, 'owner token': 403 }, otherwise: 403 },
}
