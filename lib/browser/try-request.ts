/** The answer to a request that somebody tried, as text. `ms` is how long it took. */
export interface SentRequest {
  status: number
  ms: number
  text: string
}

/** Sends a request as the person who is signed in. Returns null where there is no answer. */
export async function sendRequest(method: string, url: string, body: string | null): Promise<SentRequest | null> {
  const began = performance.now()
  const headers = { accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json' }) }
  try {
    const answer = await fetch(url, { method, headers, body })
    const text = await answer.text()
    return { status: answer.status, ms: Math.round(performance.now() - began), text: indented(text) }
  } catch {
    return null
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
