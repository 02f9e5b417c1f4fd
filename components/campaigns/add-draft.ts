import { useCallback, useSyncExternalStore } from 'react'
import type { ImportReply } from '@/lib/contract/tasks'

export type Step =
  | { at: 'text' }
  | { at: 'preview'; reply: ImportReply }
  | { at: 'saved'; reply: ImportReply; text: string }
  | { at: 'undone' }

/** What was pasted into the form of an app, and how far it is. */
export interface AddDraft {
  text: string
  step: Step
}

const EMPTY: AddDraft = { text: '', step: { at: 'text' } }

/** Holds a draft per app until the page is loaded again. Nothing of it is stored. */
export function createDrafts() {
  const drafts = new Map<string, AddDraft>()
  const listeners = new Set<() => void>()
  return {
    of: (app: string): AddDraft => drafts.get(app) ?? EMPTY,
    change(app: string, change: (before: AddDraft) => Partial<AddDraft>): void {
      const before = drafts.get(app) ?? EMPTY
      drafts.set(app, { ...before, ...change(before) })
      for (const changed of listeners) changed()
    },
    subscribe(changed: () => void): () => void {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

const drafts = createDrafts()

/**
 * Returns the draft of an app and how to change it. Closing the dialog keeps it, and so does an answer that arrives
 * afterwards.
 */
export function useAddDraft(app: string) {
  const draft = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.of(app),
    () => EMPTY,
  )
  const change = useCallback((make: (before: AddDraft) => Partial<AddDraft>) => drafts.change(app, make), [app])
  return [draft, change] as const
}
