import { viewBody, viewReply, viewsQuery, viewsReply } from '@/lib/contract/views/saved-views'
import { getOpen, postOpen } from '@/lib/http/route'
import { listViews } from '@/lib/service/views/list-views'
import { saveView } from '@/lib/service/views/save-view'
import { viewsCsv } from '@/lib/service/views/views-csv'

export const GET = getOpen({ personOnly: true, query: viewsQuery, reply: viewsReply, verb: listViews, csv: viewsCsv })
export const POST = postOpen({
  personOnly: true,
  query: viewBody,
  reply: viewReply,
  status: 201,
  problems: ['bad_range', 'not_found', 'conflict'],
  verb: saveView,
})
