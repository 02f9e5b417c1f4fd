import type { RecoveryCodesReply, RequiredRolesBody, SecondFactorStartReply } from '@/lib/contract/access/second-factor'
import type { Role } from '@/lib/contract/roles'
import { post, put } from './api'

const BASE = '/api/v1/profile/second-factor'

/** Starts a set-up. The password may be missing only right after a sign-in that requires the set-up. */
export function startSecondFactor(given: { password?: string; code?: string }): Promise<SecondFactorStartReply> {
  return post<SecondFactorStartReply>(BASE, given)
}

export async function confirmSecondFactor(code: string): Promise<string[]> {
  return (await post<RecoveryCodesReply>(`${BASE}/confirm`, { code })).recoveryCodes
}

export async function renewRecoveryCodes(code: string): Promise<string[]> {
  return (await post<RecoveryCodesReply>(`${BASE}/recovery-codes`, { code })).recoveryCodes
}

export async function turnOffSecondFactor(code: string): Promise<void> {
  await post(`${BASE}/off`, { code })
}

export function setRequiredRoles(roles: Role[]): Promise<RequiredRolesBody> {
  return put<RequiredRolesBody>('/api/v1/second-factor/required', { roles })
}
