import { backupQuery, backupsReply } from '@/lib/contract/installation/backups'
import { downloadBackup } from '@/lib/http/backups'
import { deleteOpen } from '@/lib/http/route'
import { removeBackup } from '@/lib/service/backups/change-backups'

export { downloadBackup as GET }

export const DELETE = deleteOpen({
  administrator: true,
  personOnly: true,
  query: backupQuery,
  reply: backupsReply,
  verb: removeBackup,
  problems: ['not_found'],
})
