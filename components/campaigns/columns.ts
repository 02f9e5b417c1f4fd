import type { TaskSort } from '@/lib/contract/campaigns/sorts'

/** The columns of the list. `sort` is the order that its head selects; null where there is none. */
export const COLUMNS = [
  { name: 'name', sort: 'label', number: false },
  { name: 'tags', sort: 'tags', number: false },
  { name: 'sentAt', sort: 'sentAt', number: false },
  { name: 'sent', sort: 'sent', number: true },
  { name: 'delivery', sort: 'delivery', number: true },
  { name: 'click', sort: 'click', number: true },
  { name: 'change', sort: 'change', number: true },
  { name: 'reason', sort: 'reason', number: false },
] as const satisfies readonly { name: string; sort: TaskSort | null; number: boolean }[]
