import {
  annotationChange,
  annotationKey,
  annotationReply,
  removedAnnotationReply,
} from '@/lib/contract/chart/annotations'
import { deleteOfApp, putToApp } from '@/lib/http/route'
import { changeAnnotation, removeAnnotation } from '@/lib/service/annotations/write-annotation'

export const PATCH = putToApp({
  ability: 'tasks',
  problems: ['bad_range'],
  query: annotationChange,
  reply: annotationReply,
  verb: changeAnnotation,
})
export const DELETE = deleteOfApp({
  ability: 'tasks',
  query: annotationKey,
  reply: removedAnnotationReply,
  verb: removeAnnotation,
})
