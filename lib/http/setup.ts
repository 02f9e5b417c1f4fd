import 'server-only'
import { setup } from '@/lib/access/sign-in/setup'
import { setupBody } from '@/lib/contract/access/setup'
import { bodyOf } from './input'
import { addressOf, mutatingPrincipal } from './principal'
import { json } from './respond'
import { guarded } from './route'

/** Creates the first administrator. It works only while there is none, and needs the one-time token from the log. */
export const setupRoute = guarded(async (running, request) => {
  await mutatingPrincipal(running, request)
  const body = setupBody.parse(await bodyOf(request))
  await setup(running.access, { ...body, address: addressOf(request.headers) })
  return json({ ok: true }, 201)
})
