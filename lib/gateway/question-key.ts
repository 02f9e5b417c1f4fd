import 'server-only'
import type { Question } from '@/lib/timpush/question'

/**
 * Returns the same key for the same question. Order and duplicates of tasks or users do not matter. A trial shares no
 * call: its answer is about its own credentials.
 */
export function questionKey({ id, trial = '' }: { id: string; trial?: string }, question: Question): string {
  return JSON.stringify([id, trial, question.endpoint, ...partsOf(question)])
}

function partsOf(question: Question): unknown[] {
  switch (question.endpoint) {
    case 'all_member_push_statistics':
    case 'all_member_push_loss':
      return [question.from, question.to, asSet(question.tasks)]
    case 'normal_push_statistics':
    case 'normal_push_loss':
      return [question.from, question.to]
    case 'all_member_push_trace':
      return [question.taskId, question.userId]
    case 'normal_push_trace':
      return [question.pushId]
    case 'query_online_status':
      return [asSet(question.userIds)]
  }
}

function asSet(ids: string[]): string[] {
  return [...new Set(ids)].sort()
}
