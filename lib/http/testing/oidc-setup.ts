import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose, type Running } from '@/lib/context'
import { readEnv } from '@/lib/env'
import { CLIENT_ID, CLIENT_SECRET, type ProviderProcess, startProvider } from '@/lib/testing/oidc-provider/start'
import { type OidcBrowser, oidcBrowser } from './oidc-browser'

export const ORIGIN = 'https://push.example.com'
export const CALLBACK = `${ORIGIN}/api/auth/callback/oidc`
export const HOME = `${ORIGIN}/`
const KEY = Symbol.for('pushlens.running')

export interface OidcSetup {
  provider: ProviderProcess
  running: Running
  /** What was logged as a warning or an error. */
  logged: unknown[]
  /** Sets what the routes run with: the settings of the environment, changed. */
  configure(changed: Partial<NonNullable<Running['oidc']>>, more?: Partial<Running>): void
  open(): OidcBrowser
  /** Goes as far as the provider's answer, with two browsers that began to sign in as this person. */
  answered(person: string): Promise<{ own: OidcBrowser; other: OidcBrowser; back: URL; backOfOther: URL }>
  end(): Promise<void>
}

/** Returns the claims of a person whose e-mail address is verified. */
export const claimsOf = (name: string, ...groups: string[]) => ({
  [name]: { name, email: `${name}@example.com`, email_verified: true, groups },
})

/** Returns where the browser is sent after a failure. */
export const problem = (name: string) => `${ORIGIN}/sign-in?problem=${name}`

/** Starts a real provider as a process, and composes Pushlens for it. Routes are called without the front door. */
export async function oidcSetup(): Promise<OidcSetup> {
  const folder = mkdtempSync(join(tmpdir(), 'pl-oidc-'))
  const before = process.env.NEXTAUTH_URL
  // The front door sets this from PUBLIC_URL.
  process.env.NEXTAUTH_URL = ORIGIN
  const provider = await startProvider(CALLBACK)
  const running = await compose(
    readEnv({
      DATABASE_URL: `sqlite:${folder}/pushlens.db`,
      PUBLIC_URL: ORIGIN,
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
      OIDC_ISSUER: provider.address,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
      OIDC_ROLE_CLAIM: 'groups',
      OIDC_ROLE_MAP: 'ops=admin,support=support,staff=viewer',
      COLLECTOR: 'off',
      LOG_LEVEL: 'silent',
    }),
  )
  const logged: unknown[] = []
  running.log.warn = (...given: unknown[]) => void logged.push(given)
  running.log.error = (...given: unknown[]) => void logged.push(given)
  const open = () => oidcBrowser(() => running)
  return {
    provider,
    running,
    logged,
    open,
    configure(changed, more = {}) {
      const oidc = running.oidc && { ...running.oidc, ...changed }
      Object.assign(globalThis, { [KEY]: Promise.resolve({ ...running, ...more, oidc }) })
    },
    async answered(person) {
      await provider.people(claimsOf(person, 'staff'))
      const [own, other] = [open(), open()]
      const [first, second] = [await own.start(), await other.start()]
      const back = await own.atProvider(first.leadsTo ?? '', person)
      return { own, other, back, backOfOther: await other.atProvider(second.leadsTo ?? '', person) }
    },
    async end() {
      await running.stop()
      await provider.stop()
      rmSync(folder, { recursive: true })
      if (before === undefined) delete process.env.NEXTAUTH_URL
      else process.env.NEXTAUTH_URL = before
    },
  }
}
