import { ApiError, refusal } from './api'

/** The losses as CSV, saved as a file. The answer is asked for by its type, since an address alone cannot say it. */
export async function downloadLosses(app: string, params: string): Promise<void> {
  const path = `/api/v1/apps/${encodeURIComponent(app)}/losses?${params}`
  const response = await fetch(path, { headers: { accept: 'text/csv' } }).catch(() => {
    throw new ApiError('unavailable')
  })
  if (!response.ok) throw await refusal(response)
  const href = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href, download: `losses-${app}.csv` })
  link.click()
  URL.revokeObjectURL(href)
}
