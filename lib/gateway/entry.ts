import 'server-only'
import type { Answer, Question } from '@/lib/timpush/question'
import type { UpstreamApp } from '@/lib/timpush/tim-push'

/** In the order they are served. `single` and `bulk` are people waiting; the others are the archive's own work. */
export const PRIORITIES = ['single', 'bulk', 'newest', 'settling', 'fill'] as const
export type Priority = (typeof PRIORITIES)[number]

export interface Ask {
  app: UpstreamApp
  question: Question
  priority: Priority
  /** Writes the answer; the lane is held until it is done. Of identical questions the first asker's is the one called. */
  keep(answer: Answer): Promise<void>
  /** Whether meanwhile the answer is held after all, fetched by another replica: then no call is made. */
  satisfied?(): Promise<boolean>
}

export type Outcome = 'kept' | 'satisfied'

/** A question and everyone who waits for it. `rank` and `order` are its place: low ones are served first. */
export interface Entry {
  readonly key: string
  readonly question: Question
  readonly keep: Ask['keep']
  app: UpstreamApp
  satisfied: Ask['satisfied'] | undefined
  rank: number
  order: number
  /** Calls made that brought no answer. */
  attempts: number
  resigned: boolean
  readonly done: Promise<Outcome>
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

export function createEntry(key: string, ask: Ask, order: number): Entry {
  let resolve: Entry['resolve'] = () => undefined
  let reject: Entry['reject'] = () => undefined
  const done = new Promise<Outcome>((yes, no) => {
    resolve = yes
    reject = no
  })
  done.catch(() => undefined) // Nobody has to listen.
  const { app, question, keep, satisfied } = ask
  const rank = rankOf(ask.priority)
  return {
    key,
    app,
    question,
    keep,
    satisfied,
    rank,
    order,
    attempts: 0,
    resigned: false,
    done,
    resolve,
    reject,
  }
}

/** The entry goes on for a further asker. One who accepts nothing held makes it a call for everyone. */
export function join(entry: Entry, ask: Ask): void {
  entry.app = ask.app
  if (!ask.satisfied) entry.satisfied = undefined
}

export function rankOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority)
}

export function isInteractive(entry: Entry): boolean {
  return entry.rank <= rankOf('bulk')
}
