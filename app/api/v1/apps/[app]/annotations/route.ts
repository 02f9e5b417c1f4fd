import { annotationBody, annotationReply, annotationsQuery, annotationsReply } from '@/lib/contract/chart/annotations'
import { getOfApp, postToApp } from '@/lib/http/route'
import { annotationsCsv } from '@/lib/service/annotations/annotations-csv'
import { listAnnotations } from '@/lib/service/annotations/list-annotations'
import { addAnnotation } from '@/lib/service/annotations/write-annotation'

export const GET = getOfApp({
  ability: 'read',
  problems: ['bad_range'],
  query: annotationsQuery,
  reply: annotationsReply,
  verb: listAnnotations,
  csv: annotationsCsv,
})
export const POST = postToApp({
  ability: 'tasks',
  problems: ['bad_range'],
  query: annotationBody,
  reply: annotationReply,
  status: 201,
  verb: addAnnotation,
})
