import { ApiError, refusal } from './api'

export function downloadLosses(app: string, params: string): Promise<void> {
  return download(app, 'losses', params)
}

export function downloadTasks(app: string, params: string): Promise<void> {
  return download(app, 'tasks', params)
}

/** A report as CSV, saved as a file. The answer is asked for by its type, since an address alone cannot say it. */
async function download(app: string, what: 'losses' | 'tasks', params: string): Promise<void> {
  const path = `/api/v1/apps/${encodeURIComponent(app)}/${what}?${params}`
  const response = await fetch(path, { headers: { accept: 'text/csv' } }).catch(() => {
    throw new ApiError('unavailable')
  })
  if (!response.ok) throw await refusal(response)
  const href = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href, download: `${what}-${app}.csv` })
  link.click()
  URL.revokeObjectURL(href)
}
