import 'server-only'
import { isSetupOpen } from '@/lib/access/sign-in/setup'
import { isSetUpDue } from './due'
import { personOfRequest, runningForPage } from './page'

interface SignInState {
  signedIn: boolean
  /** The password was right, and the person must now set up a second factor. */
  setUpDue: boolean
  setupOpen: boolean
  demo: boolean
}

/** Returns what the sign-in and setup pages depend on. */
export async function signInState(): Promise<SignInState> {
  const running = await runningForPage()
  const apps = await running.ctx.store.apps.list()
  return {
    signedIn: (await personOfRequest(running)) !== null,
    setUpDue: await isSetUpDue(running),
    setupOpen: await isSetupOpen(running.access),
    demo: apps.some((app) => app.demo),
  }
}
