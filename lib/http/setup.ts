import 'server-only'
import { z } from 'zod'
import { setup } from '@/lib/access/sign-in/setup'
import { setupBody } from '@/lib/contract/access/setup'
import { addressOf } from './address'
import { declare } from './declared'
import { bodyOf } from './input'
import { mutatingPrincipal } from './principal'
import { json } from './respond'
import { guarded } from './route'
import { noteUntrustedProxy } from './untrusted-proxy'

/** Creates the first administrator. It works only while there is none, and needs the one-time token from the log. */
export const setupRoute = declare(
  {
    access: 'everybody',
    input: setupBody,
    inputIn: 'body',
    reply: z.object({ ok: z.literal(true) }),
    status: 201,
    csv: false,
    problems: ['not_found', 'not_signed_in', 'bad_credentials', 'conflict'],
  },
  guarded(async (running, request) => {
    await noteUntrustedProxy(running, request)
    await mutatingPrincipal(running, request)
    const body = setupBody.parse(await bodyOf(request))
    await setup(running.access, { ...body, address: addressOf(request.headers) })
    return json({ ok: true }, 201)
  }),
)
