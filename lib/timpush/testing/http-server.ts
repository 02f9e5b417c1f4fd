import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateSync } from 'node:zlib'
import type { UpstreamApp } from '@/lib/timpush/tim-push'

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: unknown
}

export interface TestUpstream {
  url: string
  calls: Call[]
  /** Returns how many connections were opened in total. */
  connections(): number
  close(): Promise<void>
}

/** Starts an HTTP server on a free port. It records its calls and answers as the test says. */
export async function upstream(answer: (response: ServerResponse, call: Call) => void): Promise<TestUpstream> {
  const calls: Call[] = []
  let connections = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://upstream')
    const call = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: JSON.parse(Buffer.concat(chunks).toString() || 'null'),
    }
    calls.push(call)
    answer(response, call)
  })
  server.on('connection', () => connections++)
  const url = await listen(server)
  return { url, calls, connections: () => connections, close: () => stop(server) }
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

export const EMPTY_ANSWER = JSON.stringify({ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: 'sucess', Results: [] })

export function appAt(baseUrl: string, more: Partial<UpstreamApp> = {}): UpstreamApp {
  return {
    id: '1600119377',
    sdkAppId: 1600119377,
    adminId: 'administrator',
    region: 'singapore',
    baseUrl,
    utcOffsetMin: 480,
    secretKey: async () => 'a-key-of-tests',
    ...more,
  }
}

/** Decodes a UserSig as Tencent would. */
export function decodeUserSig(userSig: string): Record<string, unknown> {
  const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=')
  return JSON.parse(inflateSync(Buffer.from(base64, 'base64')).toString())
}
