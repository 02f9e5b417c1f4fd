import { statfs } from 'node:fs/promises'
import { resolve } from 'node:path'

/** What the checks read of this machine. A test replaces parts of it. */
export interface DoctorTools {
  nowMs(): number
  /** The user of this process; null where there are none, as on Windows. */
  uid(): number | null
  disk(folder: string): Promise<{ freeBytes: number; freeShare: number }>
  /** The file with variables that the start reads. */
  dotEnv: string
}

export const realTools: DoctorTools = {
  nowMs: Date.now,
  uid: () => process.getuid?.() ?? null,
  async disk(folder) {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, freeShare: blocks === 0 ? 0 : bavail / blocks }
  },
  dotEnv: resolve('.env'),
}
