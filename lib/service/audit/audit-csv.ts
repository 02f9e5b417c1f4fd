import 'server-only'
import type { AuditReply, FailedSignInsReply } from '@/lib/contract/access/audit'
import { csvTable } from '@/lib/service/read/csv'

/** The entries as CSV, one row each. `detail` is JSON, because each action has its own. */
export const auditCsv = csvTable({
  rows: ({ items }: AuditReply) => items,
  columns: [
    { name: 'id', cell: ({ id }) => id },
    { name: 'at', cell: ({ at }) => at },
    { name: 'actor', cell: ({ actor }) => actor.name ?? actor.id },
    { name: 'actor_kind', cell: ({ actor }) => actor.kind },
    { name: 'actor_id', cell: ({ actor }) => actor.id },
    { name: 'action', cell: ({ action }) => action },
    { name: 'app', cell: ({ app }) => app?.id ?? null },
    { name: 'subject', cell: ({ subject }) => subject && (subject.name ?? subject.id) },
    { name: 'subject_hash', cell: ({ subjectHash }) => subjectHash },
    { name: 'detail', cell: ({ detail }) => (Object.keys(detail).length > 0 ? JSON.stringify(detail) : null) },
    { name: 'network', cell: ({ network }) => network },
  ],
  demoColumn: 'note',
})

/** The counts of failed sign-ins as CSV. */
export const failedSignInsCsv = csvTable({
  rows: ({ items }: FailedSignInsReply) => items,
  columns: [
    { name: 'hour', cell: ({ hour }) => hour },
    { name: 'person', cell: ({ person }) => person && (person.name ?? person.id) },
    { name: 'person_id', cell: ({ person }) => person?.id ?? null },
    { name: 'network', cell: ({ network }) => network },
    { name: 'count', cell: ({ count }) => count },
  ],
  demoColumn: 'note',
})
