import 'server-only'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { isLinkLocal, transportProblem } from '../server/network.mjs'

const HOURS_PER = { h: 1, d: 24 } as const
const EVERY = /^([1-9]\d{0,2})([hd])$/
const MAX_HOURS = 30 * 24
const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./-]*))?$/

const every = z.string().transform((text, ctx): number | null => {
  if (text === 'off') return null
  const [, count = '', unit = ''] = EVERY.exec(text) ?? []
  const hours = Number(count) * (HOURS_PER[unit as keyof typeof HOURS_PER] ?? 0)
  if (hours >= 1 && hours <= MAX_HOURS) return hours * 3_600
  ctx.addIssue('must be off, or a time from 1h to 30d such as 24h or 7d')
  return z.NEVER
})

/** The variables of backups. BACKUP_S3_SECRET_ACCESS_KEY is a secret and may come from a file. */
export const backupVariables = {
  BACKUP_EVERY: every.optional(),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(365).default(7),
  BACKUP_TO: z
    .string()
    .refine((text) => !text.startsWith('s3:') || BUCKET.test(text), 'must be a folder, or look like s3://bucket/prefix')
    .optional(),
  BACKUP_S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must start with https://' }).optional(),
  BACKUP_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{2,40}$/, 'must be a region such as eu-central-1')
    .default('us-east-1'),
  BACKUP_S3_ACCESS_KEY_ID: z.string().min(1).max(200).optional(),
  BACKUP_S3_SECRET_ACCESS_KEY: z.string().min(8).max(400).optional(),
}
type BackupVariables = z.infer<z.ZodObject<typeof backupVariables>> & { DATABASE_URL: string }

const isBucket = ({ BACKUP_TO: to }: BackupVariables) => to?.startsWith('s3:') ?? false

/** Returns what is wrong with these variables together. */
export function backupContradictions(v: BackupVariables, allowInsecureHttp: boolean): string[] {
  const problems: string[] = []
  const s3 = [v.BACKUP_S3_ENDPOINT, v.BACKUP_S3_ACCESS_KEY_ID, v.BACKUP_S3_SECRET_ACCESS_KEY]
  if (isBucket(v) && (!v.BACKUP_S3_ACCESS_KEY_ID || !v.BACKUP_S3_SECRET_ACCESS_KEY)) {
    problems.push('BACKUP_TO=s3://… needs BACKUP_S3_ACCESS_KEY_ID and BACKUP_S3_SECRET_ACCESS_KEY')
  }
  if (!isBucket(v) && s3.some((value) => value !== undefined)) {
    problems.push('BACKUP_S3_… needs BACKUP_TO=s3://bucket/prefix')
  }
  if (v.BACKUP_S3_ENDPOINT) {
    const url = new URL(v.BACKUP_S3_ENDPOINT)
    const insecure = transportProblem('BACKUP_S3_ENDPOINT', url, allowInsecureHttp)
    if (insecure) problems.push(insecure)
    if (isLinkLocal(url)) problems.push('BACKUP_S3_ENDPOINT must not be a link-local address')
    if (url.username !== '' || url.search !== '')
      problems.push('BACKUP_S3_ENDPOINT must not contain a user name or query')
  }
  if (!v.DATABASE_URL.startsWith('sqlite:') && (v.BACKUP_TO !== undefined || typeof v.BACKUP_EVERY === 'number')) {
    problems.push('BACKUP_EVERY and BACKUP_TO copy SQLite only: for PostgreSQL schedule pg_dump and remove them')
  }
  return problems
}

/** Returns where backups go and how often they are made; `everyS` is null where no schedule is set. */
export function backupOf(v: BackupVariables, dataFolder: string | null) {
  const [, bucket = '', prefix = ''] = BUCKET.exec(v.BACKUP_TO ?? '') ?? []
  const folder = resolve(v.BACKUP_TO ?? join(dataFolder ?? '.', 'backups'))
  return {
    everyS: v.BACKUP_EVERY ?? null,
    keep: v.BACKUP_KEEP,
    to: isBucket(v)
      ? ({
          kind: 's3',
          bucket,
          prefix: prefix.replace(/^\/+|\/+$/g, ''),
          endpoint: new URL(v.BACKUP_S3_ENDPOINT ?? `https://s3.${v.BACKUP_S3_REGION}.amazonaws.com`).origin,
          region: v.BACKUP_S3_REGION,
          accessKeyId: v.BACKUP_S3_ACCESS_KEY_ID ?? '',
          secretAccessKey: v.BACKUP_S3_SECRET_ACCESS_KEY ?? '',
        } as const)
      : ({ kind: 'folder', folder } as const),
  }
}
