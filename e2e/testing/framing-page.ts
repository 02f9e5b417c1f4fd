import { once } from 'node:events'
import { createServer } from 'node:http'

/** Serves one page that shows an address in a frame, on an origin of its own. */
export async function framingPage(): Promise<{ origin: string; frame(html: string): void; stop(): void }> {
  let body = ''
  const server = createServer((_, res) => {
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.end(`<!doctype html><html lang="en"><title>Wiki</title><h1>Wiki</h1>${body}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    frame: (html) => {
      body = html
    },
    stop: () => server.close().closeAllConnections(),
  }
}
