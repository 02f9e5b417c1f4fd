import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export const CLIENT_ID = 'pushlens'
export const CLIENT_SECRET = 'canary-client-secret-8b1f5e0c7a2d'

export interface ProviderProcess {
  /** Where it answers. This is also its issuer, unless another was given. */
  address: string
  /** Adds or changes people: their claims by their subject. */
  people(claims: Record<string, Record<string, unknown>>): Promise<void>
  stop(): Promise<void>
}

/** Starts the OIDC provider of the tests as a process. `redirectUri` is the only one it accepts. */
export async function startProvider(redirectUri: string, issuer?: string): Promise<ProviderProcess> {
  const named = issuer === undefined ? [] : ['--issuer', issuer]
  const options = ['--client', CLIENT_ID, '--secret', CLIENT_SECRET, '--redirect-uri', redirectUri, ...named]
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'main.mjs'), ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { address, control } = await firstLine(child.stdout)
  return {
    address,
    async people(claims) {
      const answer = await fetch(control, { method: 'POST', body: JSON.stringify(claims) })
      if (!answer.ok) throw new Error(`the provider answers ${answer.status}`)
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function firstLine(output: NodeJS.ReadableStream): Promise<{ address: string; control: string }> {
  for await (const line of createInterface({ input: output })) return JSON.parse(line)
  throw new Error('the provider ended before it was ready')
}
