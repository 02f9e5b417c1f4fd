import 'server-only'
import type { AuditName } from '@/lib/contract/access/audit'
import type { Context } from '@/lib/service/context'

/** Finds the names of what the audit knows by ID only. Read once per reply, because people and tokens are few. */
export interface AuditNames {
  /** Returns who acted. */
  actor(text: string): AuditName
  person(id: string): string | null
  token(id: string): string | null
  app(id: string): string | null
}

export async function auditNames({ store }: Pick<Context, 'store'>): Promise<AuditNames> {
  const [people, tokens, apps] = await Promise.all([store.people.names(), store.tokens.list(), store.apps.list()])
  const named = (list: { id: string; name: string }[]) => {
    const byId = new Map(list.map(({ id, name }) => [id, name]))
    return (id: string) => byId.get(id) ?? null
  }
  const names = { person: named(people), token: named(tokens), app: named(apps) }
  return {
    ...names,
    actor(text) {
      const [kind = '', id = ''] = text.split(/:(.*)/s)
      if (kind === 'person' || kind === 'token') return { kind, id, name: names[kind](id) }
      const other = text === 'command line' || text === 'environment' ? text : 'other'
      return { kind: other, id: text, name: null }
    },
  }
}
