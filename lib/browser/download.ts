import { csvHref } from '@/lib/contract/links'
import { ApiError, refusal } from './api'

/** A list or report of the app as CSV, saved as a file. It is asked for by its type, since an address alone cannot say it. */
export async function downloadCsv(app: string, what: 'losses' | 'tasks', params: string): Promise<void> {
  await save(csvHref(app, what, params), { headers: { accept: 'text/csv' } }, `${what}-${app}.csv`)
}

/** Saves an answer of the API as a file of that name. */
export async function save(path: string, init: RequestInit, name: string): Promise<void> {
  const response = await fetch(path, init).catch(() => {
    throw new ApiError('unavailable')
  })
  if (!response.ok) throw await refusal(response)
  const href = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href, download: name })
  link.click()
  URL.revokeObjectURL(href)
}
