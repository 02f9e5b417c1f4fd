import fc, { type Arbitrary } from 'fast-check'
import type { ApiOperation, OpenApiDocument } from '@/lib/contract/api/openapi'
import { ORIGIN } from '../served'
import { HOSTILE_BODIES, HOSTILE_TEXTS } from './hostile'
import { inputOf, type Known, textOf } from './random-input'

/** One random request, as data, so that a failure can print it. */
export interface FuzzedRequest {
  method: string
  /** As in the description: `/api/v1/apps/{app}/funnel`. */
  path: string
  params: Record<string, string>
  /** Without the question mark. Its names and values may repeat, and need not be well-formed. */
  query: string
  headers: Record<string, string>
  body: string | null
  /** Index of the sender. */
  sender: number
}

const ACCEPTS = [
  'application/json',
  'text/csv',
  '*/*',
  'text/html',
  'application/json;q=0',
  ';;q=x,,',
  'a/b'.repeat(900),
]
const TYPES = ['application/json; charset=utf-7', 'text/plain', 'multipart/form-data', 'application/jsonp', '']
const ORIGINS = ['https://evil.example', 'null', `${ORIGIN}.evil.example`, 'http://[::1', '']
const ODD_HEADERS: Record<string, string>[] = [
  { cookie: 'pl=nonsense; pl=twice' },
  { cookie: '='.repeat(3_000) },
  { authorization: 'Bearer plk_nonsense' },
  { authorization: `Basic ${'A'.repeat(4_000)}` },
  { 'x-pushlens-address': '999.1.1.1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'accept-language': '*;q=2,,xx-'.repeat(50) },
  { range: 'bytes=-1', 'if-none-match': '"x"', 'if-modified-since': 'never' },
]

/** A choice that is `usual` nine times of ten. */
const mostly = <T>(usual: T, others: readonly T[]): Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 9 }, { arbitrary: fc.constantFrom(...others), weight: 1 })

/** Returns requests to every operation of the description, from so many senders. */
export function requests(
  document: OpenApiDocument,
  { known, senders, nowMs }: { known: Known; senders: number; nowMs: number },
): Arbitrary<FuzzedRequest> {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      fc.record({
        method: fc.constant(method.toUpperCase()),
        path: fc.constant(path),
        params: paramsOf(operation, known, nowMs),
        query: queryOf(operation, known, nowMs),
        headers: headers(),
        body: bodyOf(method, operation, known, nowMs),
        sender: fc.nat({ max: senders - 1 }),
      }),
    ),
  )
  return fc.oneof(...all)
}

function paramsOf({ parameters }: ApiOperation, known: Known, nowMs: number) {
  const inPath = parameters.filter((one) => one.in === 'path')
  return fc.record(Object.fromEntries(inPath.map(({ name, schema }) => [name, textOf(schema, known, nowMs, name)])))
}

function queryOf({ parameters }: ApiOperation, known: Known, nowMs: number): Arbitrary<string> {
  const inQuery = parameters.filter((one) => one.in === 'query')
  const fields = inQuery.map(({ name, schema, required }) =>
    fc
      .option(textOf(schema, known, nowMs, name), { nil: null, freq: required ? 20 : 1 })
      .map((text) => (text === null ? [] : [`${name}=${encoded(text)}`])),
  )
  const broken = ['%', 'a=%ZZ', '=', '&&&', 'from=1&from=2', '__proto__=1', 'unknown=1', `q=${'%00'.repeat(900)}`]
  return fc
    .tuple(fc.tuple(...fields), mostly<string | null>(null, broken))
    .map(([given, more]) => [...given.flat(), ...(more === null ? [] : [more])].join('&'))
}

/** Percent-encodes a text. Half a surrogate pair cannot be encoded and becomes the bytes that no text has. */
export const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))

function headers(): Arbitrary<Record<string, string>> {
  return fc
    .tuple(
      mostly('application/json', ACCEPTS),
      mostly('application/json', TYPES),
      mostly(ORIGIN, ORIGINS),
      oddHeaders(),
    )
    .map(([accept, type, origin, odd]) => ({ accept, 'content-type': type, origin, ...odd }))
}

const oddHeaders = () => mostly<Record<string, string>>({}, ODD_HEADERS)

function bodyOf(method: string, { requestBody }: ApiOperation, known: Known, nowMs: number): Arbitrary<string | null> {
  if (method === 'get') return fc.constant(null)
  const schema = requestBody?.content['application/json']?.schema
  const hostile = fc.constantFrom(...HOSTILE_BODIES, ...HOSTILE_TEXTS)
  if (!schema) return fc.oneof({ arbitrary: fc.constant(null), weight: 9 }, { arbitrary: hostile, weight: 1 })
  const valid = inputOf(schema, known, nowMs).map((value) => JSON.stringify(value))
  return fc.oneof({ arbitrary: valid, weight: 9 }, { arbitrary: hostile, weight: 1 })
}
