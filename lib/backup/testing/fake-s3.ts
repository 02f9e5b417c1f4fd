import { createHash, createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
export const REGION = 'eu-central-1'

interface FakeS3 {
  endpoint: string
  /** The stored objects by `bucket/key`. */
  objects: Map<string, Buffer>
  /** Every request that was refused, with the reason. */
  refused: string[]
  /** Objects that may not be deleted, by `bucket/key`. */
  locked: Set<string>
  /** Changes the next body on its way, as a broken network would. */
  corruptNext(): void
  close(): Promise<void>
}

/**
 * A small S3 that checks what a real one checks: version 4 signatures, calculated here by separate code, the signed time,
 * and that the body has the hash that was signed. It lists at most two objects at once.
 */
export async function fakeS3(bucket: string): Promise<FakeS3> {
  const objects = new Map<string, Buffer>()
  const refused: string[] = []
  const locked = new Set<string>()
  let corrupt = false
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    if (corrupt && body.length > 0) {
      body[0] = (body[0] ?? 0) ^ 1
      corrupt = false
    }
    const refuse = (status: number, code: string) => {
      refused.push(code)
      response.writeHead(status).end(`<Error><Code>${code}</Code><Message>no</Message></Error>`)
    }
    const url = new URL(request.url ?? '/', 'http://s3')
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const wrong = signatureProblem(request.method ?? '', url, headers)
    if (wrong) return refuse(403, wrong)
    if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex')) {
      return refuse(400, 'XAmzContentSHA256Mismatch')
    }
    const path = decodeURIComponent(url.pathname).slice(1)
    if (path.split('/')[0] !== bucket) return refuse(404, 'NoSuchBucket')
    if (path === `${bucket}/`) return void response.end(listing(objects, bucket, url.searchParams))
    if (request.method === 'PUT') {
      objects.set(path, body)
      return void response.end()
    }
    const found = objects.get(path)
    if (request.method === 'DELETE') {
      if (locked.has(path)) return refuse(403, 'AccessDenied')
      objects.delete(path)
      return void response.writeHead(204).end()
    }
    if (!found) return refuse(404, 'NoSuchKey')
    response.writeHead(200, { 'content-length': found.length }).end(request.method === 'HEAD' ? undefined : found)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    refused,
    locked,
    corruptNext() {
      corrupt = true
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w{64})$/

function signatureProblem(method: string, url: URL, headers: Record<string, string>): string | null {
  const [, id, day = '', region = '', signed = '', signature] = AUTHORIZATION.exec(headers.authorization ?? '') ?? []
  if (!id) return 'MissingSecurityHeader'
  if (id !== KEY.accessKeyId) return 'InvalidAccessKeyId'
  const time = headers['x-amz-date'] ?? ''
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  if (!(Math.abs(Date.parse(iso) - Date.now()) < 15 * 60_000)) return 'RequestTimeTooSkewed'
  for (const required of ['host', 'x-amz-date', 'x-amz-content-sha256']) {
    if (!signed.split(';').includes(required)) return 'AccessDenied'
  }
  const query = [...url.searchParams].map((pair) => pair.map(escaped).join('=')).sort()
  const canonical = [
    method,
    url.pathname,
    query.join('&'),
    ...signed.split(';').map((name) => `${name}:${headers[name]?.trim()}`),
    '',
    signed,
    headers['x-amz-content-sha256'],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const mac = (key: string | Buffer, of: string) => createHmac('sha256', key).update(of).digest()
  const key = [day, REGION, 's3', 'aws4_request'].reduce<Buffer>(mac, Buffer.from(`AWS4${KEY.secretAccessKey}`))
  return mac(key, text).toString('hex') === signature ? null : 'SignatureDoesNotMatch'
}

const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

function listing(objects: Map<string, Buffer>, bucket: string, query: URLSearchParams): string {
  const keys = [...objects.keys()].map((key) => key.slice(bucket.length + 1)).sort()
  const after = query.get('start-after') ?? ''
  const found = keys.filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
  const some = found.slice(0, 2)
  const rows = some.map((key) => {
    const size = objects.get(`${bucket}/${key}`)?.length
    return `<Contents><Key>${key}</Key><Size>${size}</Size></Contents>`
  })
  return `<ListBucketResult><IsTruncated>${found.length > some.length}</IsTruncated>${rows.join('')}</ListBucketResult>`
}
