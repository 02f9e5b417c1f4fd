import 'server-only'

/** A shared link asks nobody who they are: without its secret it is refused for everybody alike. */
export const SHARE_VIEW_RULES = {
  'POST /api/v1/shares/[id]/view': { body: {}, own: {}, otherwise: 404 },
}
