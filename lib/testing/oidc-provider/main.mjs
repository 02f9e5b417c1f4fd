// @ts-check
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { parseArgs } from 'node:util'

/**
 * A real OIDC provider for the tests, as a process of its own. Prints its addresses as one line of JSON. Its sign-in page
 * lists the people whom the control port was given, one button each.
 */

// The provider is written for newer versions of Node.
if (!('parse' in URL)) {
  Object.assign(URL, { parse: (/** @type {string} */ text) => (URL.canParse(text) ? new URL(text) : null) })
}
// Its advice is for production, and the first line of output is ours.
console.info = console.warn = () => {}
const { default: Provider } = await import('oidc-provider')

const { values } = parseArgs({
  options: {
    client: { type: 'string', default: 'pushlens' },
    secret: { type: 'string', default: '' },
    'redirect-uri': { type: 'string', default: '' },
    /** The name that the provider gives itself, if it is not its address. */
    issuer: { type: 'string' },
  },
})

/** @type {Map<string, Record<string, unknown>>} */
const people = new Map()
const server = createServer()
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = `http://127.0.0.1:${portOf(server)}`

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const provider = new Provider(values.issuer ?? address, {
  clients: [
    {
      client_id: values.client,
      client_secret: values.secret,
      redirect_uris: [values['redirect-uri']],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups', 'realm_access'] },
  pkce: { required: () => true },
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' }] },
  cookies: { keys: ['only for the tests'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/people/${interaction.uid}` },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  async findAccount(_, sub) {
    const claims = people.get(sub)
    return claims && { accountId: sub, claims: async () => ({ ...claims, sub }) }
  },
  async loadExistingGrant(ctx) {
    const grant = new provider.Grant({ clientId: values.client, accountId: ctx.oidc.session?.accountId })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  },
})

server.on('request', async (req, res) => {
  const { pathname, searchParams } = new URL(req.url ?? '', address)
  const uid = /^\/people\/([^/]+)$/.exec(pathname)?.[1]
  if (!uid) return provider.callback()(req, res)
  const accountId = searchParams.get('as')
  if (accountId) return provider.interactionFinished(req, res, { login: { accountId, remember: false } })
  const cancel = searchParams.has('cancel')
  if (cancel) return provider.interactionFinished(req, res, { error: 'access_denied' })
  const links = [...people.keys()].map((sub) => `<li><a href="/people/${uid}?as=${sub}">${sub}</a></li>`)
  res.setHeader('content-type', 'text/html')
  res.end(
    `<!doctype html><title>Provider</title><link rel="icon" href="data:,"><ul>${links.join('')}</ul><a href="?cancel">Cancel</a>`,
  )
})

const control = createServer(async (req, res) => {
  const given = /** @type {Record<string, Record<string, unknown>>} */ (await json(req))
  for (const [sub, claims] of Object.entries(given)) people.set(sub, claims)
  res.end('{}')
})
control.listen(0, '127.0.0.1')
await once(control, 'listening')
console.log(JSON.stringify({ address, control: `http://127.0.0.1:${portOf(control)}` }))
process.stdin.resume().on('close', () => process.exit(0))

/** @param {import('node:http').Server} listening */
function portOf(listening) {
  const bound = listening.address()
  return typeof bound === 'object' && bound ? bound.port : 0
}
