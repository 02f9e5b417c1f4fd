import 'server-only'
import { isLocalSignInOpen } from '@/lib/access/sign-in/local-sign-in'
import { isSetupOpen } from '@/lib/access/sign-in/setup'
import { isSetUpDue } from './due'
import { personOfRequest, runningForPage } from './page'

interface SignInState {
  signedIn: boolean
  /** The password was right, and the person must now set up a second factor. */
  setUpDue: boolean
  setupOpen: boolean
  demo: boolean
  /** What is offered besides single sign-on: a password, the setup of the first administrator, or nothing. */
  local: 'password' | 'setup' | 'off'
  /** Single sign-on, with the name of the provider; null where it is not configured. */
  oidc: { name: string | null } | null
}

/** Returns what the sign-in and setup pages depend on. */
export async function signInState(): Promise<SignInState> {
  const running = await runningForPage()
  const apps = await running.ctx.store.apps.list()
  const setupOpen = await isSetupOpen(running.access)
  const password = await isLocalSignInOpen(running.access, running.localSignIn)
  return {
    signedIn: (await personOfRequest(running)) !== null,
    setUpDue: await isSetUpDue(running),
    setupOpen,
    demo: apps.some((app) => app.demo),
    local: setupOpen ? 'setup' : password ? 'password' : 'off',
    oidc: running.oidc && { name: running.oidc.name },
  }
}
