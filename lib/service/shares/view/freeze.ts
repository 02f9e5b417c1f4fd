import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import type { FrozenContent } from '@/lib/contract/shares/share'
import type { Context } from '@/lib/service/context'

/** What a frozen link keeps. */
export interface Frozen {
  /** The JSON text that the link shows from now on, byte for byte. */
  text: string
  /** SHA-256 of the text, in hex. */
  sha256: string
  /** Keyed hashes of the people whom it is about, as in stored look-ups. */
  people: string[]
}

/**
 * Writes down what a frozen link shows. The range of its scope is fixed, and its viewer cannot move it. The principal
 * administers the app.
 */
export async function freeze(_ctx: Context, _scoped: Scoped<FrozenContent>): Promise<Frozen> {
  throw new PushlensError('unavailable', 'nothing can be frozen yet')
}
