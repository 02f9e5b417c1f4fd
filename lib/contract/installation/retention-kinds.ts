/** Kinds of data by how long they are kept, in the order of the page. */
export const RETENTION_KINDS = [
  'hours',
  'days',
  'losses',
  'tasks',
  'observations',
  'exact',
  'traces',
  'audit',
  'failedSignIns',
  'opens',
  'sessions',
  'backups',
] as const
export type RetentionKind = (typeof RETENTION_KINDS)[number]

export const FORECAST_MONTHS = [1, 6, 12, 24] as const
