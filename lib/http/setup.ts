import 'server-only'
import { setup } from '@/lib/access/sign-in/setup'
import { setupBody } from '@/lib/contract/setup'
import { addressOf } from './auth'
import { bodyOf } from './input'
import { mutatingPrincipal } from './principal'
import { json } from './respond'
import { guarded } from './route'
import { noteUntrustedProxy } from './untrusted-proxy'

/** Creates the first administrator. It works only while there is none, and needs the one-time token from the log. */
export const setupRoute = guarded(async (running, request) => {
  await noteUntrustedProxy(running, request)
  await mutatingPrincipal(running, request)
  const body = setupBody.parse(await bodyOf(request))
  await setup(running.access, { ...body, address: addressOf(request) })
  return json({ ok: true }, 201)
})
