/** Orders that the stored columns of a task give. */
export const STORED_SORTS = ['sentAt', 'label', 'createdAt'] as const
export type StoredSort = (typeof STORED_SORTS)[number]
/** Orders by what is computed from a task's stored answers. Unknown values come last in both directions. */
const COMPUTED_SORTS = ['tags', 'sent', 'delivery', 'click', 'change', 'reason'] as const
export const TASK_SORTS = [...STORED_SORTS, ...COMPUTED_SORTS] as const
export type TaskSort = (typeof TASK_SORTS)[number]
export const DIRECTIONS = ['asc', 'desc'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Returns the direction an order has where none is given: texts rise; times, counts and rates fall. */
export function usualDirection(sort: TaskSort): Direction {
  return sort === 'label' || sort === 'tags' || sort === 'reason' ? 'asc' : 'desc'
}
