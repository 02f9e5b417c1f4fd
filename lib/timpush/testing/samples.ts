import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { UpstreamError } from '@/lib/timpush/errors'
import type { Question } from '@/lib/timpush/question'
import { readAnswer } from '@/lib/timpush/read-answer'

const FOLDER = new URL('../upstream/samples/', import.meta.url)

/** A question of each endpoint; of those with tasks, the overall. */
const ASK = {
  all_member_push_statistics: { endpoint: 'all_member_push_statistics', from: 0, to: 60, tasks: [] },
  all_member_push_loss: { endpoint: 'all_member_push_loss', from: 0, to: 60, tasks: [] },
  all_member_push_trace: { endpoint: 'all_member_push_trace', taskId: 'task', userId: 'user' },
  normal_push_statistics: { endpoint: 'normal_push_statistics', from: 0, to: 60 },
  normal_push_loss: { endpoint: 'normal_push_loss', from: 0, to: 60 },
  normal_push_trace: { endpoint: 'normal_push_trace', pushId: 'push' },
  query_online_status: { endpoint: 'query_online_status', userIds: ['user'] },
} as const satisfies { [E in Question['endpoint']]: unknown }

/** The readonly literals of ASK as a question. */
export function ask(endpoint: Question['endpoint']): Question {
  return structuredClone(ASK[endpoint]) as Question
}

const CHINA_MIN = 480

export function sampleNames(): string[] {
  return readdirSync(FOLDER).sort()
}

export function sample(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8')
}

export function read(question: Question, raw: unknown) {
  return readAnswer(question, typeof raw === 'string' ? raw : JSON.stringify(raw), CHINA_MIN)
}

/** The records of a sample without its text; `name` begins with the endpoint that would answer so. */
export function readSample(name: string) {
  const endpoint = name.split('.', 1)[0] as Question['endpoint']
  const { raw, ...rest } = read(ask(endpoint), sample(name))
  expect(raw).toBe(sample(name))
  return rest
}

/** What a refused answer says: our code, what to do about it, the upstream's number. */
export function refusal(question: Question, raw: unknown) {
  try {
    read(question, raw)
  } catch (error) {
    if (error instanceof UpstreamError) return [error.code, error.kind, error.upstreamCode]
    throw error
  }
  throw new Error('the answer was accepted')
}
