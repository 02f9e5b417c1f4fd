import type { APIRequestContext, APIResponse } from '@playwright/test'
import type { InviteBody } from '../../lib/contract/access/people'
import { codeOf } from './authenticator'

interface Issued {
  /** By what they are. Each is shown once, to the person who asks for it. */
  secrets: Record<string, string>
  /** What may be seen later, by anybody who may open it. */
  answers: string[]
}

/** The key of an app that somebody connects on the page. It is typed, and never shown again. */
export const TYPED_KEY = 'canary-typed-key-50-sings-at-noon-canary-typed-key-50-sings-at-n'

/** Lets the signed-in administrator make everything that is shown once, and opens the pages that list it. */
export async function issueSecrets(request: APIRequestContext, url: string, password: string): Promise<Issued> {
  const post = async (path: string, data: unknown): Promise<APIResponse> => {
    return request.post(`${url}/api/v1/${path}`, { data, headers: { origin: url } })
  }
  const invitation: InviteBody = { email: 'lee@example.com', grants: [{ app: '*', role: 'viewer' }], days: 7 }
  const { link } = await (await post('people/invitations', invitation)).json()
  const { token } = await (await post('tokens', { name: 'Report', role: 'viewer', apps: ['*'] })).json()
  const { secret } = await (await post('profile/second-factor', { password })).json()
  const { recoveryCodes } = await (await post('profile/second-factor/confirm', { code: codeOf(secret) })).json()
  const connected = await post('apps', { sdkAppId: 1_400_000_777, secretKey: TYPED_KEY, region: 'seoul' })
  const pages = ['profile', 'people', 'apps', 'tokens', 'audit', 'system'].map((name) => `/settings/${name}`)
  const lists = ['people', 'people/invitations', 'tokens', 'audit', 'apps', 'profile'].map((name) => `/api/v1/${name}`)
  const later = await Promise.all([...pages, ...lists].map((path) => request.get(url + path)))
  return {
    secrets: {
      'an invitation': new URL(link).hash.slice(1),
      'an API token of the page': token,
      'the secret of a second factor': secret,
      'a recovery code': recoveryCodes[0],
      'the key of a connected app': TYPED_KEY,
    },
    answers: await Promise.all([connected, ...later].map((answer) => answer.text())),
  }
}
