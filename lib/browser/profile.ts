import type { PasswordBody, ProfileReply } from '@/lib/contract/access/profile'
import { patch, post, remove } from './api'

const PROFILE = '/api/v1/profile'

export const changeName = (name: string) => patch<ProfileReply>(PROFILE, { name })
export const changePassword = (given: PasswordBody) => post<{ ended: number }>(`${PROFILE}/password`, given)
export const endSession = (id: string) => remove<{ ended: number }>(`${PROFILE}/sessions/${encodeURIComponent(id)}`)
export const endOtherSessions = () => remove<{ ended: number }>(`${PROFILE}/sessions`)
