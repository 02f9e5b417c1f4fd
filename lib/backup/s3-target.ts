import 'server-only'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AwsV4Signer } from 'aws4fetch'
import { type Dispatcher, request } from 'undici'
import { type BackupFile, type BackupTarget, newestFirst, parseBackupName } from './target'

export interface S3Settings {
  bucket: string
  /** Without slashes at its ends; '' for the root of the bucket. */
  prefix: string
  endpoint: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

const EMPTY_HASH = createHash('sha256').digest('hex')
/** S3 takes no larger object in one request. */
const MOST_BYTES = 5 * 1024 ** 3
const TIMEOUT_MS = 60_000

interface Sent {
  method: 'GET' | 'PUT' | 'DELETE' | 'HEAD'
  key?: string
  query?: Record<string, string>
  body?: { file: string; bytes: number; hash: string }
}

/**
 * Keeps backups in an S3-compatible bucket. Requests are signed (version 4) with the hash of their body, so that the service
 * refuses a file that was changed on the way. The address has the bucket in its path, unless the host begins with it.
 */
export function s3Target(settings: S3Settings): BackupTarget {
  const start = settings.prefix === '' ? '' : `${settings.prefix}/`
  const keyOf = (name: string) => start + name
  return {
    label: `s3://${settings.bucket}/${settings.prefix}`,
    async list() {
      const found: BackupFile[] = []
      for (let after: string | undefined = ''; after !== undefined; ) {
        const query = { 'list-type': '2', prefix: `${start}pushlens-`, ...(after ? { 'start-after': after } : {}) }
        const text = await textOf(await send(settings, { method: 'GET', query }), 200)
        const { keys, more } = listed(text)
        found.push(...keys.flatMap(({ key, bytes }) => fileOf(key.slice(start.length), bytes)))
        after = more ? keys.at(-1)?.key : undefined
      }
      return found.sort(newestFirst)
    },
    async put(file, name) {
      const { size } = await stat(file)
      if (size > MOST_BYTES) throw new Error('the backup has more than 5 GB, which S3 does not take in one request')
      const hash = createHash('sha256')
      await pipeline(createReadStream(file), hash)
      const body = { file, bytes: size, hash: hash.digest('hex') }
      await textOf(await send(settings, { method: 'PUT', key: keyOf(name), body }), 200)
      await rm(file, { force: true })
    },
    async read(name) {
      const answer = await send(settings, { method: 'GET', key: keyOf(name) })
      if (answer.statusCode === 404) return drained(answer, null)
      if (answer.statusCode !== 200) throw await refusal(answer)
      return { bytes: Number(answer.headers['content-length']), stream: Readable.from(answer.body) }
    },
    async remove(name) {
      const there = await send(settings, { method: 'HEAD', key: keyOf(name) })
      if (there.statusCode === 404) return drained(there, false)
      await textOf(await send(settings, { method: 'DELETE', key: keyOf(name) }), 204)
      return true
    },
  }
}

async function send(
  settings: S3Settings,
  { method, key = '', query = {}, body }: Sent,
): Promise<Dispatcher.ResponseData> {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = settings
  const inHost = new URL(endpoint).hostname.startsWith(`${bucket}.`)
  const url = new URL(`${endpoint}${inHost ? '' : `/${bucket}`}/${key}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const headers = { 'x-amz-content-sha256': body?.hash ?? EMPTY_HASH }
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers,
    service: 's3',
    region,
    accessKeyId,
    secretAccessKey,
    allHeaders: true,
  })
  const signed = await signer.sign()
  const length = body ? { 'content-length': String(body.bytes), 'content-type': 'application/octet-stream' } : {}
  return request(signed.url, {
    method,
    headers: { ...Object.fromEntries(signed.headers), ...length },
    body: body ? createReadStream(body.file) : null,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  })
}

async function textOf(answer: Dispatcher.ResponseData, expected: number): Promise<string> {
  if (answer.statusCode !== expected) throw await refusal(answer)
  return answer.body.text()
}

async function drained<T>(answer: Dispatcher.ResponseData, value: T): Promise<T> {
  await answer.body.dump()
  return value
}

/** The service's code, such as NoSuchBucket, says what is wrong. The rest of its answer is not repeated. */
async function refusal(answer: Dispatcher.ResponseData): Promise<Error> {
  const code = /<Code>(\w{1,60})<\/Code>/.exec(await answer.body.text())?.[1]
  return new Error(`the bucket refused the request: ${code ?? `status ${answer.statusCode}`}`)
}

function fileOf(name: string, bytes: number): BackupFile[] {
  const said = parseBackupName(name)
  return said ? [{ name, bytes, ...said }] : []
}

/** Reads ListObjectsV2. Our names have no character that XML escapes, so that plain patterns find them. */
function listed(text: string): { keys: { key: string; bytes: number }[]; more: boolean } {
  const objects = text.split('<Contents>').slice(1)
  const keys = objects.map((one) => ({
    key: /<Key>([^<]*)<\/Key>/.exec(one)?.[1] ?? '',
    bytes: Number(/<Size>(\d+)<\/Size>/.exec(one)?.[1] ?? 0),
  }))
  return { keys, more: text.includes('<IsTruncated>true</IsTruncated>') && keys.length > 0 }
}
