import type { AnnotationBody, AnnotationReply, RemovedAnnotationReply } from '@/lib/contract/chart/annotations'
import { patch, post, remove } from './api'

const annotationsOf = (app: string) => `/api/v1/apps/${encodeURIComponent(app)}/annotations`

/** Adds a note, or changes the one with this ID. */
export function saveAnnotation(app: string, id: string | null, body: AnnotationBody): Promise<AnnotationReply> {
  return id === null ? post(annotationsOf(app), body) : patch(`${annotationsOf(app)}/${encodeURIComponent(id)}`, body)
}

export function removeAnnotation(app: string, id: string): Promise<RemovedAnnotationReply> {
  return remove(`${annotationsOf(app)}/${encodeURIComponent(id)}`)
}
