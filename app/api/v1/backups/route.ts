import { z } from 'zod'
import { backupsReply } from '@/lib/contract/installation/backups'
import { getOpen, postOpen } from '@/lib/http/route'
import { backupsCsv } from '@/lib/service/backups/backups-csv'
import { createBackup } from '@/lib/service/backups/change-backups'
import { listBackups } from '@/lib/service/backups/list-backups'

export const GET = getOpen({
  administrator: true,
  query: z.strictObject({}),
  reply: backupsReply,
  verb: listBackups,
  csv: backupsCsv,
})

export const POST = postOpen({
  administrator: true,
  query: z.strictObject({}),
  reply: backupsReply,
  verb: createBackup,
  status: 201,
  problems: ['conflict', 'storage_full'],
})
