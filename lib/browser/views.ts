import type { RemovedViewReply, ViewBody, ViewReply } from '@/lib/contract/views/saved-views'
import { post, put, remove } from './api'

const VIEWS = '/api/v1/views'
const addressOf = (id: string) => `${VIEWS}/${encodeURIComponent(id)}`

export const saveView = (view: ViewBody) => post<ViewReply>(VIEWS, view)
export const changeView = (id: string, to: { name?: string; start?: boolean }) => put<ViewReply>(addressOf(id), to)
export const removeView = (id: string) => remove<RemovedViewReply>(addressOf(id))
