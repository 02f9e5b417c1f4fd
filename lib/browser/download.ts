import { ApiError, errorOfResponse } from './api'

/** Saves a response of the API as a file with this name. */
export async function save(path: string, init: RequestInit, name: string): Promise<void> {
  const response = await fetch(path, init).catch(() => {
    throw new ApiError('unavailable')
  })
  if (!response.ok) throw await errorOfResponse(response)
  saveBlob(await response.blob(), name)
}

/** Saves a text of the page as a file with this name. */
export function saveText(text: string, name: string): void {
  saveBlob(new Blob([text], { type: 'text/plain;charset=utf-8' }), name)
}

/** Saves bytes of the page as a file with this name. */
export function saveBlob(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob)
  const link = Object.assign(document.createElement('a'), { href, download: name })
  link.click()
  URL.revokeObjectURL(href)
}
