import { principalOf } from '@/lib/access/principal'
import type { Running } from '@/lib/context'
import { finishOidc, startOidc } from '@/lib/http/oidc'
import { cookieOf } from '@/lib/http/principal'

const NO_PARAMS = { params: Promise.resolve({}) }

export interface OidcBrowser {
  /** The cookies that the browser holds for Pushlens. */
  jar: Map<string, string>
  /** Presses the button. Returns the reply, and the address of the provider to which its page leads. */
  start(next?: string, headers?: Record<string, string>): Promise<{ reply: Response; leadsTo: string | null }>
  /** Signs in at the provider and returns the address to which it sends the browser back. */
  atProvider(address: string, person: string): Promise<URL>
  /** Follows the provider's answer to Pushlens. Returns where that sends the browser. */
  finish(address: URL, headers?: Record<string, string>): Promise<{ reply: Response; location: string }>
  /** All of it. Returns the last location. */
  signIn(person: string, next?: string): Promise<string>
  who(): ReturnType<typeof principalOf>
}

/** Acts like a browser with two cookie jars: one for Pushlens, whose routes it calls, and one for the provider. */
export function oidcBrowser(running: () => Running): OidcBrowser {
  const jar = new Map<string, string>()
  const browser: OidcBrowser = {
    jar,
    async start(next = '/', headers = {}) {
      const { origin } = running().publicUrl
      const address = `${origin}/api/auth/signin/oidc?${new URLSearchParams({ next })}`
      const sent = { origin, cookie: cookieHeader(jar), ...headers }
      const reply = await startOidc(new Request(address, { method: 'POST', headers: sent }), NO_PARAMS)
      keep(jar, reply)
      const page = await reply.clone().text()
      const found = /content="0;url=([^"]+)"/.exec(page)?.[1]
      return { reply, leadsTo: found?.replaceAll('&amp;', '&') ?? null }
    },
    atProvider,
    async finish(address, headers = {}) {
      const sent = { cookie: cookieHeader(jar), ...headers }
      const reply = await finishOidc(new Request(address, { headers: sent }), NO_PARAMS)
      keep(jar, reply)
      return { reply, location: reply.headers.get('location') ?? '' }
    },
    async signIn(person, next) {
      const { leadsTo } = await browser.start(next)
      if (leadsTo === null) throw new Error('the button leads nowhere')
      return (await browser.finish(await atProvider(leadsTo, person))).location
    },
    who() {
      const { access, publicUrl } = running()
      const name = publicUrl.protocol === 'https:' ? '__Host-pl' : 'pl'
      return principalOf(access, { session: cookieOf(cookieHeader(jar), name), authorization: null })
    },
  }
  return browser
}

async function atProvider(address: string, person: string): Promise<URL> {
  const jar = new Map<string, string>()
  const { origin } = new URL(address)
  let at = new URL(address)
  for (let steps = 0; steps < 8; steps += 1) {
    if (at.pathname.startsWith('/people/')) at.searchParams.set(person === '' ? 'cancel' : 'as', person)
    const reply = await fetch(at, { redirect: 'manual', headers: { cookie: cookieHeader(jar) } })
    keep(jar, reply)
    const location = reply.headers.get('location')
    if (location === null) throw new Error(`the provider answers ${reply.status}: ${await reply.text()}`)
    at = new URL(location, at)
    if (at.origin !== origin) return at
  }
  throw new Error('the provider never sends the browser back')
}

function cookieHeader(jar: Map<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

function keep(jar: Map<string, string>, reply: Response): void {
  for (const line of reply.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
}
