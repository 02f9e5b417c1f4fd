import 'server-only'
import type { Principal } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import type { CandidateReply, ReasonsQuery, ReasonsReply } from '@/lib/contract/losses'
import { candidateOf, candidateOfTencent } from '@/lib/reasons/meaning'
import { searchEntries, searchTencent } from '@/lib/reasons/search'
import words from '@/messages/en/reasons.json'

const MAX_ITEMS = 50

/** Searches the meanings of loss codes and of Tencent's error codes. It is the same for every app: any signed-in person may. */
export async function findReasons(_: unknown, principal: Principal, { q }: ReasonsQuery): Promise<ReasonsReply> {
  if (principal.kind === 'anonymous') throw new PushlensError('not_signed_in', 'sign in to search the dictionary')
  const losses = searchEntries(q, MAX_ITEMS).map((entry) => candidateOf(entry, words.title))
  const answers = searchTencent(q, MAX_ITEMS).map((one) => candidateOfTencent(one, words.title))
  // An exact code of either list goes first.
  const isExact = ({ code }: CandidateReply) => code.toLowerCase() === q.trim().toLowerCase()
  const all = [...losses, ...answers]
  const items = [...all.filter(isExact), ...all.filter((one) => !isExact(one))].slice(0, MAX_ITEMS)
  return { items, next: null }
}
