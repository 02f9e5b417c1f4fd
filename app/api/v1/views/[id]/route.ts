import { removedViewReply, viewChange, viewKey, viewReply } from '@/lib/contract/views/saved-views'
import { deleteOpen, putOpen } from '@/lib/http/route'
import { changeView, removeView } from '@/lib/service/views/change-view'

export const PUT = putOpen({
  personOnly: true,
  query: viewChange,
  reply: viewReply,
  problems: ['not_found'],
  verb: changeView,
})
export const DELETE = deleteOpen({
  personOnly: true,
  query: viewKey,
  reply: removedViewReply,
  problems: ['not_found'],
  verb: removeView,
})
