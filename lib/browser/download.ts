import { ApiError, refusal } from './api'

/** The losses as CSV, saved as a file. The answer is asked for by its type, since an address alone cannot say it. */
export async function downloadLosses(app: string, params: string): Promise<void> {
  const path = `/api/v1/apps/${encodeURIComponent(app)}/losses?${params}`
  await save(path, { headers: { accept: 'text/csv' } }, `losses-${app}.csv`)
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
