import { changesQuery, changesReply } from '@/lib/contract/changes/changes'
import { getOfApp } from '@/lib/http/route'
import { changesCsv } from '@/lib/service/changes/changes-csv'
import { getChanges } from '@/lib/service/changes/get-changes'
import { resolveChanges } from '@/lib/service/read/resolve-question'

export const GET = getOfApp({
  ability: 'read',
  problems: ['bad_range'],
  query: changesQuery,
  reply: changesReply,
  verb: (ctx, scoped) => getChanges(ctx, resolveChanges(ctx, scoped)),
  csv: changesCsv,
})
