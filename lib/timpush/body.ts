import 'server-only'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export const ENCODINGS = 'gzip, deflate, br'

const UNPACK = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

export class BodyError extends Error {}

/** Reads a body as text. Throws `BodyError` above `maxBytes` after decompression, and on an unknown encoding. */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.length
      if (size > maxBytes) throw new BodyError('it is too large')
      chunks.push(chunk)
    }
  }
  const unpack = unpackerOf(encoding.trim().toLowerCase())
  try {
    await (unpack ? pipeline(body, unpack, collect) : pipeline(body, collect))
  } catch (error) {
    // With a decompressor in between, the pipeline reports its own abort instead of the error thrown above.
    throw size > maxBytes ? new BodyError('it is too large') : error
  }
  return Buffer.concat(chunks, size).toString('utf8')
}

function unpackerOf(encoding: string) {
  if (encoding === '' || encoding === 'identity') return null
  if (Object.hasOwn(UNPACK, encoding)) return UNPACK[encoding as keyof typeof UNPACK]()
  throw new BodyError('its encoding is unknown')
}
