import 'server-only'
import type { Principal } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import type { ReasonsQuery, ReasonsReply } from '@/lib/contract/losses'
import { candidateOf } from '@/lib/reasons/meaning'
import { searchEntries } from '@/lib/reasons/search'
import words from '@/messages/en/reasons.json'

const MOST = 50

/** What codes can mean, by code or words. The dictionary is the same for every app, so anybody signed in may ask. */
export async function findReasons(_: unknown, principal: Principal, { q }: ReasonsQuery): Promise<ReasonsReply> {
  if (principal.kind === 'anonymous') throw new PushlensError('not_signed_in', 'nobody may search the dictionary')
  return { items: searchEntries(q, MOST).map((entry) => candidateOf(entry, words.title)), next: null }
}
