import 'server-only'
import type { Principal } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import type { CandidateReply, ReasonsQuery, ReasonsReply } from '@/lib/contract/losses'
import { candidateOf, candidateOfTencent } from '@/lib/reasons/meaning'
import { searchEntries, searchTencent } from '@/lib/reasons/search'
import words from '@/messages/en/reasons.json'

const MOST = 50

/** What codes of losses, and of Tencent's own answers, can mean, by code or words. The dictionary is the same for every app, so anybody signed in may ask. */
export async function findReasons(_: unknown, principal: Principal, { q }: ReasonsQuery): Promise<ReasonsReply> {
  if (principal.kind === 'anonymous') throw new PushlensError('not_signed_in', 'nobody may search the dictionary')
  const losses = searchEntries(q, MOST).map((entry) => candidateOf(entry, words.title))
  const answers = searchTencent(q, MOST).map((one) => candidateOfTencent(one, words.title))
  // A code of either list goes before what only speaks of it.
  const isIt = ({ code }: CandidateReply) => code.toLowerCase() === q.trim().toLowerCase()
  const all = [...losses, ...answers]
  const items = [...all.filter(isIt), ...all.filter((one) => !isIt(one))].slice(0, MOST)
  return { items, next: null }
}
