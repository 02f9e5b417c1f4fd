import 'server-only'
import { openTitle } from '@/lib/access/shares/shell'
import { runningForPage } from './page'

/** Returns the title of a link's page, where its creator lets chat apps show it; else null. */
export async function readShareTitle(id: string): Promise<string | null> {
  const { ctx } = await runningForPage()
  return openTitle(ctx.store.shares, id, Math.floor(ctx.clock.wallMs() / 1_000))
}
