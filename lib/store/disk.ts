import 'server-only'
import { statfs } from 'node:fs/promises'

/** The part of the disk under `folder` that is still free for us, from 0 to 1. */
export async function freeShare(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder)
  return blocks === 0 ? 0 : bavail / blocks
}
