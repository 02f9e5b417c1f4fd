import 'server-only'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import { iso } from '@/lib/report/range/iso-time'
import type { Annotation } from '@/lib/store/tasks/annotations'

/** Returns a note as its readers see it. `names` are people's, by ID. */
export function noteReply(
  { id, at, source, text, author }: Annotation,
  { names, editable }: { names: readonly { id: string; name: string }[]; editable: boolean },
): AnnotationReply {
  const name = names.find((person) => author === `person:${person.id}`)?.name ?? null
  const none = { until: null, taskId: null, error: null }
  return { ...none, kind: 'note', at: iso(at), source, text, id, author: { name }, editable }
}
