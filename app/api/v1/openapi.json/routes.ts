import * as healthz from '@/app/healthz/route'
import * as readyz from '@/app/readyz/route'
import type { RouteTable } from '@/lib/http/openapi/document'
import { health, ready } from '@/lib/http/openapi/health'
import * as annotation from '../apps/[app]/annotations/[id]/route'
import * as annotations from '../apps/[app]/annotations/route'
import * as changes from '../apps/[app]/changes/route'
import * as check from '../apps/[app]/check/route'
import * as collecting from '../apps/[app]/collecting/route'
import * as funnel from '../apps/[app]/funnel/route'
import * as known from '../apps/[app]/losses/known/route'
import * as losses from '../apps/[app]/losses/route'
import * as app from '../apps/[app]/route'
import * as shareOpens from '../apps/[app]/shares/[share]/opens/route'
import * as share from '../apps/[app]/shares/[share]/route'
import * as shareOwners from '../apps/[app]/shares/owners/route'
import * as previewShare from '../apps/[app]/shares/preview/route'
import * as shares from '../apps/[app]/shares/route'
import * as status from '../apps/[app]/status/route'
import * as task from '../apps/[app]/tasks/[taskId]/route'
import * as compare from '../apps/[app]/tasks/compare/route'
import * as cover from '../apps/[app]/tasks/cover/route'
import * as growth from '../apps/[app]/tasks/growth/route'
import * as importTasks from '../apps/[app]/tasks/import/route'
import * as undoImport from '../apps/[app]/tasks/import/undo/route'
import * as tasks from '../apps/[app]/tasks/route'
import * as searchTasks from '../apps/[app]/tasks/search/route'
import * as box from '../apps/[app]/traces/box/route'
import * as bulk from '../apps/[app]/traces/bulk/route'
import * as lookup from '../apps/[app]/traces/lookup/route'
import * as recent from '../apps/[app]/traces/recent/route'
import * as traces from '../apps/[app]/traces/route'
import * as erase from '../apps/[app]/users/erase/route'
import * as user from '../apps/[app]/users/lookup/route'
import * as apps from '../apps/route'
import * as failedSignIns from '../audit/failed-sign-ins/route'
import * as audit from '../audit/route'
import * as backup from '../backups/[name]/route'
import * as backups from '../backups/route'
import * as acceptInvitation from '../invitations/accept/route'
import * as openInvitation from '../invitations/open/route'
import * as rotateKey from '../master-key/rotate/route'
import * as resetPerson from '../people/[person]/reset/route'
import * as person from '../people/[person]/route'
import * as personFactor from '../people/[person]/second-factor/route'
import * as personSessions from '../people/[person]/sessions/route'
import * as invitation from '../people/invitations/[invitation]/route'
import * as invitations from '../people/invitations/route'
import * as people from '../people/route'
import * as password from '../profile/password/route'
import * as profile from '../profile/route'
import * as confirmFactor from '../profile/second-factor/confirm/route'
import * as factorOff from '../profile/second-factor/off/route'
import * as recoveryCodes from '../profile/second-factor/recovery-codes/route'
import * as secondFactor from '../profile/second-factor/route'
import * as ownSession from '../profile/sessions/[session]/route'
import * as ownSessions from '../profile/sessions/route'
import * as reasons from '../reasons/route'
import * as retention from '../retention/route'
import * as requiredRoles from '../second-factor/required/route'
import * as setup from '../setup/route'
import * as viewShare from '../shares/[id]/view/route'
import * as revokeShares from '../shares/revoke/route'
import * as allShares from '../shares/route'
import * as token from '../tokens/[id]/route'
import * as tokens from '../tokens/route'
import * as view from '../views/[id]/route'
import * as views from '../views/route'

/** Every route that the description of the API covers, by its path in the folder. A test compares it with the folders. */
export const ROUTES: RouteTable = {
  '/api/v1/apps': apps,
  '/api/v1/apps/[app]/annotations': annotations,
  '/api/v1/apps/[app]/annotations/[id]': annotation,
  '/api/v1/apps/[app]/changes': changes,
  '/api/v1/apps/[app]/check': check,
  '/api/v1/apps/[app]/collecting': collecting,
  '/api/v1/apps/[app]/funnel': funnel,
  '/api/v1/apps/[app]/losses': losses,
  '/api/v1/apps/[app]/losses/known': known,
  '/api/v1/apps/[app]/shares': shares,
  '/api/v1/apps/[app]/shares/[share]': share,
  '/api/v1/apps/[app]/shares/[share]/opens': shareOpens,
  '/api/v1/apps/[app]/shares/owners': shareOwners,
  '/api/v1/apps/[app]/shares/preview': previewShare,
  '/api/v1/apps/[app]/status': status,
  '/api/v1/apps/[app]/tasks': tasks,
  '/api/v1/apps/[app]/tasks/[taskId]': task,
  '/api/v1/apps/[app]/tasks/compare': compare,
  '/api/v1/apps/[app]/tasks/cover': cover,
  '/api/v1/apps/[app]/tasks/growth': growth,
  '/api/v1/apps/[app]/tasks/import': importTasks,
  '/api/v1/apps/[app]/tasks/import/undo': undoImport,
  '/api/v1/apps/[app]/tasks/search': searchTasks,
  '/api/v1/apps/[app]/traces': traces,
  '/api/v1/apps/[app]/traces/box': box,
  '/api/v1/apps/[app]/traces/bulk': bulk,
  '/api/v1/apps/[app]/traces/lookup': lookup,
  '/api/v1/apps/[app]/traces/recent': recent,
  '/api/v1/apps/[app]/users/erase': erase,
  '/api/v1/apps/[app]/users/lookup': user,
  '/api/v1/apps/[app]': app,
  '/api/v1/audit': audit,
  '/api/v1/audit/failed-sign-ins': failedSignIns,
  '/api/v1/backups': backups,
  '/api/v1/backups/[name]': backup,
  '/api/v1/invitations/accept': acceptInvitation,
  '/api/v1/invitations/open': openInvitation,
  '/api/v1/master-key/rotate': rotateKey,
  '/api/v1/people': people,
  '/api/v1/people/[person]': person,
  '/api/v1/people/[person]/reset': resetPerson,
  '/api/v1/people/[person]/second-factor': personFactor,
  '/api/v1/people/[person]/sessions': personSessions,
  '/api/v1/people/invitations': invitations,
  '/api/v1/people/invitations/[invitation]': invitation,
  '/api/v1/profile': profile,
  '/api/v1/profile/password': password,
  '/api/v1/profile/sessions': ownSessions,
  '/api/v1/profile/sessions/[session]': ownSession,
  '/api/v1/profile/second-factor': secondFactor,
  '/api/v1/profile/second-factor/confirm': confirmFactor,
  '/api/v1/profile/second-factor/off': factorOff,
  '/api/v1/profile/second-factor/recovery-codes': recoveryCodes,
  '/api/v1/second-factor/required': requiredRoles,
  '/api/v1/reasons': reasons,
  '/api/v1/retention': retention,
  '/api/v1/shares': allShares,
  '/api/v1/shares/[id]/view': viewShare,
  '/api/v1/shares/revoke': revokeShares,
  '/api/v1/tokens': tokens,
  '/api/v1/tokens/[id]': token,
  '/api/v1/views': views,
  '/api/v1/views/[id]': view,
  '/api/v1/setup': setup,
  '/healthz': { GET: health(healthz.GET) },
  '/readyz': { GET: ready(readyz.GET) },
}
