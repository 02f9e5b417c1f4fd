import 'server-only'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { authorizeAdmin } from '@/lib/access/authorize'
import { checkVisit } from '@/lib/access/origin'
import { PushlensError } from '@/lib/contract/errors'
import { backupQuery } from '@/lib/contract/installation/backups'
import { readBackup } from '@/lib/service/backups/read-backup'
import { declare } from './declared'
import { requestPrincipal } from './principal'
import { guarded } from './route'

/**
 * Streams a backup to a signed-in administrator of all apps. A token cannot take it, and no other site can start the
 * download: the file has everything, although its secrets are encrypted.
 */
export const downloadBackup = declare(
  {
    access: 'administrator',
    personOnly: true,
    input: backupQuery,
    inputIn: 'path',
    reply: z.any(),
    status: 200,
    csv: false,
    problems: ['not_found', 'bad_origin'],
  },
  guarded(async (running, request, params) => {
    const principal = await requestPrincipal(running, request)
    authorizeAdmin(principal, null)
    if (principal.kind === 'token') throw new PushlensError('forbidden', 'only a person may do this')
    checkVisit(request.headers, running.publicUrl, principal)
    const query = backupQuery.parse(params)
    const { bytes, stream } = await readBackup(running.ctx, principal, query)
    request.signal.addEventListener('abort', () => stream.destroy())
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/vnd.sqlite3',
        'content-length': String(bytes),
        'content-disposition': `attachment; filename="${query.name}"`,
        'cache-control': 'private, no-store',
      },
    })
  }),
)
