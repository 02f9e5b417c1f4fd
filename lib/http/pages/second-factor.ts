import 'server-only'
import { redirect } from 'next/navigation'
import { isSecondFactorRequired, requiredRoles } from '@/lib/access/second-factor/required-roles'
import type { SecondFactorState } from '@/lib/contract/access/second-factor'
import type { Role } from '@/lib/contract/roles'
import { isSetUpDue } from './due'
import { type Page, runningForPage } from './page'

/** Returns the person's second factor. */
export async function readSecondFactor(page: Page): Promise<SecondFactorState> {
  const { access } = await runningForPage()
  const { id } = page.principal
  const factor = await access.secondFactors.get(id)
  return {
    since: factor?.sealed && factor.confirmedAt ? new Date(factor.confirmedAt * 1_000).toISOString() : null,
    recoveryCodesLeft: factor?.recoveryCodesLeft ?? 0,
    required: await isSecondFactorRequired(access, id),
    hasPassword: factor?.hasPassword ?? false,
  }
}

/** Returns the roles that need a second factor. It is no secret. */
export async function readRequiredRoles(): Promise<Role[]> {
  const { access } = await runningForPage()
  return requiredRoles(access)
}

/** Lets only those see the page who must set up a second factor now. Everybody else goes on to `next`. */
export async function requireSetUpDue(next: string): Promise<{ demo: boolean }> {
  const running = await runningForPage()
  if (!(await isSetUpDue(running))) redirect(next)
  const apps = await running.ctx.store.apps.list()
  return { demo: apps.some((app) => app.demo) }
}
