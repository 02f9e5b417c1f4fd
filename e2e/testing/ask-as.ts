import { request } from 'node:http'

interface Asked {
  /** The Host, where it differs from the address of the connection. */
  host: string
  /** The value of the header Cookie. */
  cookie?: string
  /** The body of a POST, which then has our own Origin: JSON, or a form for text. */
  data?: object | string | undefined
}

/** Sends a request as a browser does that knows the server by another address. fetch does not let a program set Host. */
export function askAs(
  url: string,
  path: string,
  { host, cookie, data }: Asked,
): Promise<{ status: number; body: string; cookies: string[] }> {
  const form = typeof data === 'string'
  const body = form ? data : data && JSON.stringify(data)
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
  const { port } = new URL(url)
  return new Promise((resolve, reject) => {
    const headers = {
      host,
      ...(cookie ? { cookie } : {}),
      ...(body ? { 'content-type': type, 'content-length': Buffer.byteLength(body), origin: `http://${host}` } : {}),
    }
    const sent = request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString()
      resolve({
        status: answer.statusCode ?? 0,
        body: text,
        cookies: (answer.headers['set-cookie'] ?? []).map((one) => one.replace(/;.*/, '')),
      })
    })
    sent.on('error', reject).end(body)
  })
}
