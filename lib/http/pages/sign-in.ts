import 'server-only'
import { isSetupOpen } from '@/lib/access/sign-in/setup'
import { personOfRequest, runningForPage } from './page'

/** Returns what the sign-in and setup pages depend on. */
export async function signInState(): Promise<{ signedIn: boolean; setupOpen: boolean; demo: boolean }> {
  const running = await runningForPage()
  const apps = await running.ctx.store.apps.list()
  return {
    signedIn: (await personOfRequest(running)) !== null,
    setupOpen: await isSetupOpen(running.access),
    demo: apps.some((app) => app.demo),
  }
}
