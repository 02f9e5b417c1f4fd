import { PATHS } from '@/lib/contract/paths'
import { ApiError, api, errorOfResponse } from './api'

/** Posts to next-auth's own addresses: form-encoded, with its token against forged requests. */
async function authPost(path: string, fields: Record<string, string>): Promise<Response> {
  const { csrfToken } = await api<{ csrfToken: string }>('/api/auth/csrf')
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
    })
  } catch {
    throw new ApiError('unavailable')
  }
}

/**
 * Throws ApiError: bad_credentials when refused, too_many when the person has to wait, code_needed when the password was
 * right and a code is missing.
 */
export async function signIn(email: string, password: string, code = ''): Promise<void> {
  const fields = { email, password, callbackUrl: PATHS.overview }
  const response = await authPost('/api/auth/callback/credentials', code === '' ? fields : { ...fields, code })
  if (!response.ok) throw await errorOfResponse(response)
}

export async function signOut(): Promise<void> {
  await authPost('/api/auth/signout', { callbackUrl: PATHS.signIn })
}
