import 'server-only'
import { z } from 'zod'
import { type Declared, declare, type Handler } from '../declared'

const HEALTH: Omit<Declared, 'reply'> = {
  access: 'health',
  input: z.strictObject({}),
  inputIn: 'query',
  status: 200,
  csv: false,
  problems: [],
}

/** Describes /healthz, whose own file imports nothing so that it answers while the rest cannot. */
export const health = (handler: () => Response) =>
  declare({ ...HEALTH, reply: z.object({ ok: z.literal(true) }) }, async () => handler())

/** Describes /readyz: 200 where the process can work, else 503 with the reason. */
export const ready = (handler: Handler) => {
  const reply = z.object({ ok: z.boolean(), database: z.string(), reasons: z.array(z.string()) })
  return declare({ ...HEALTH, reply, alsoStatus: [503] }, handler)
}
