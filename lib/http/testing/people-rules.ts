import 'server-only'

interface Rule {
  body?: unknown
  own: Partial<Record<string, number>>
  otherwise: number
}

const TOKENS = ['viewer token', 'editor token', 'support token', 'admin token', 'owner token']

/** Only an administrator of all apps. `answer` is what that administrator gets. */
const administrators = (answer: number, body?: unknown): Rule => ({
  body,
  own: { anonymous: 401, owner: answer },
  otherwise: 403,
})
/** Everybody about themselves. A token is nobody. */
export const selfOnly = (answer: number, body?: unknown): Rule => ({
  body,
  own: { anonymous: 401, ...Object.fromEntries(TOKENS.map((token) => [token, 403])) },
  otherwise: answer,
})
const anybody = (answer: number, body: unknown): Rule => ({ body, own: {}, otherwise: answer })

const secret = 'not the secret of any invitation'
const invited = { email: 'new@cast.example.com', grants: [{ app: '*', role: 'viewer' }] }
const passwords = { current: 'not the current password', password: 'quiet marble harbour' }

/** Who gets which status from the routes of people, invitations and the own profile. */
export const PEOPLE_RULES: Record<string, Rule> = {
  'GET /api/v1/people': administrators(200),
  'PATCH /api/v1/people/[person]': administrators(200, { disabled: false }),
  // The address that confirms is another one.
  'DELETE /api/v1/people/[person]': administrators(400, { confirm: 'a@example.com', revokeTokens: false }),
  'GET /api/v1/people/[person]/sessions': administrators(200),
  'DELETE /api/v1/people/[person]/sessions': administrators(200, {}),
  'DELETE /api/v1/people/[person]/second-factor': administrators(200, {}),
  'POST /api/v1/people/[person]/reset': administrators(200, {}),
  'GET /api/v1/people/invitations': administrators(200),
  'POST /api/v1/people/invitations': administrators(200, invited),
  // This invitation does not exist.
  'DELETE /api/v1/people/invitations/[invitation]': administrators(404, {}),
  'POST /api/v1/invitations/open': anybody(404, { secret }),
  'POST /api/v1/invitations/accept': anybody(404, { secret, name: 'Kim', password: passwords.password }),
  'GET /api/v1/profile': selfOnly(200),
  'PATCH /api/v1/profile': selfOnly(200, { name: 'Kim' }),
  'POST /api/v1/profile/password': selfOnly(401, passwords),
  'GET /api/v1/profile/sessions': selfOnly(200),
  'DELETE /api/v1/profile/sessions': selfOnly(200, {}),
  'DELETE /api/v1/profile/sessions/[session]': selfOnly(404, {}),
}
