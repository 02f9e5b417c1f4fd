import { selfOnly } from './people-rules'

const CODE = { code: '000000' }

/** Who gets which status on the routes of the second factor. A token has none. */
export const SECOND_FACTOR_RULES = {
  'POST /api/v1/profile/second-factor': selfOnly(200, { password: 'a lighthouse keeps no secrets 9' }),
  // These people have no second factor: there is nothing to confirm, to renew or to turn off.
  'POST /api/v1/profile/second-factor/confirm': selfOnly(409, CODE),
  'POST /api/v1/profile/second-factor/recovery-codes': selfOnly(409, CODE),
  'POST /api/v1/profile/second-factor/off': selfOnly(409, CODE),
  'PUT /api/v1/second-factor/required': {
    body: { roles: [] },
    own: { anonymous: 401, owner: 200, 'owner token': 200 },
    otherwise: 403,
  },
}
