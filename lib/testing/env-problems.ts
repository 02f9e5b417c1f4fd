import { ConfigurationError, readEnv } from '@/lib/env'

/** Returns what is wrong with an environment; nothing if it can be read. */
export function problems(source: Record<string, string>): string[] {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems
    throw error
  }
}
