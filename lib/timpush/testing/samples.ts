import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { UpstreamError } from '@/lib/timpush/errors'
import type { Question } from '@/lib/timpush/question'
import { readAnswer } from '@/lib/timpush/read-answer'

const FOLDER = new URL('../upstream/samples/', import.meta.url)

/** One question per endpoint. Endpoints with tasks get the overall. */
const QUESTIONS = {
  all_member_push_statistics: { endpoint: 'all_member_push_statistics', from: 0, to: 60, tasks: [] },
  all_member_push_loss: { endpoint: 'all_member_push_loss', from: 0, to: 60, tasks: [] },
  all_member_push_trace: { endpoint: 'all_member_push_trace', taskId: 'task', userId: 'user' },
  normal_push_statistics: { endpoint: 'normal_push_statistics', from: 0, to: 60 },
  normal_push_loss: { endpoint: 'normal_push_loss', from: 0, to: 60 },
  normal_push_trace: { endpoint: 'normal_push_trace', pushId: 'push' },
  query_online_status: { endpoint: 'query_online_status', userIds: ['user'] },
} as const satisfies { [E in Question['endpoint']]: unknown }

/** Returns a question for the endpoint, which the test may change. */
export function questionOf(endpoint: Question['endpoint']): Question {
  return structuredClone(QUESTIONS[endpoint]) as Question
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

/** Reads a sample and returns its records without `raw`. The file name begins with the endpoint. */
export function readSample(name: string) {
  const endpoint = name.split('.', 1)[0] as Question['endpoint']
  const { raw, ...rest } = read(questionOf(endpoint), sample(name))
  expect(raw).toBe(sample(name))
  return rest
}

/** Reads an answer that must fail. Returns our code, the kind of failure and Tencent's number. */
export function refusal(question: Question, raw: unknown) {
  try {
    read(question, raw)
  } catch (error) {
    if (error instanceof UpstreamError) return [error.code, error.kind, error.upstreamCode]
    throw error
  }
  throw new Error('the answer was accepted')
}
