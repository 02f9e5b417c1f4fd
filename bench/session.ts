import { CAST, PASSWORD } from '../e2e/testing/cast'

/** Signs in as the administrator. Returns the cookies. */
export async function sessionOf(url: string): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const form = new URLSearchParams({ csrfToken, email: CAST.admin, password: PASSWORD, json: 'true' })
  const headers = { origin: url, cookie: cookiesOf(csrf) }
  const answer = await fetch(`${url}/api/auth/callback/credentials`, { method: 'POST', body: form, headers })
  return cookiesOf(answer)
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
