import 'server-only'

import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, request } from 'undici'
import { isLoopbackAddress, isPublic } from './addresses'

/** `local`: the webhook is on a loopback address. Only tests against a loopback upstream may use one. */
export interface Target {
  url: URL
  local: boolean
}

export interface Poster {
  /** Resolves when the receiver has accepted the message. Errors contain neither its answer nor the URL. */
  post(body: string, headers: Record<string, string>): Promise<void>
  /** Aborts a request under way, so that stopping does not wait for the receiver. */
  close(): Promise<void>
}

type Resolve = (host: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void

const CONNECT_MS = 5_000
const BUDGET_MS = 15_000
const MOST_ANSWER = 4_096

/**
 * Creates a poster for one webhook. It resolves the name once per connection, checks every address, and connects to exactly
 * those addresses, so DNS rebinding has no effect. It follows no redirects.
 */
export function createPoster(target: Target, resolve: Resolve = fromSystem): Poster {
  const allowed = target.local ? isLoopbackAddress : isPublic
  const agent = new Agent({ connect: { lookup: checkedLookup(resolve, allowed), timeout: CONNECT_MS }, pipelining: 0 })
  return {
    async post(body, headers) {
      const host = target.url.hostname.replace(/^\[|\]$/g, '')
      // A literal address is not looked up, so check it here.
      if (isIP(host) !== 0 && !allowed(host)) throw refused()
      if (target.url.protocol !== 'https:' && !target.local) throw new Error('the webhook is not https')
      const answer = await request(target.url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'user-agent': 'Pushlens', ...headers },
        dispatcher: agent,
        signal: AbortSignal.timeout(BUDGET_MS),
      })
      const answerText = await beginning(answer.body)
      if (answer.statusCode < 200 || answer.statusCode > 299)
        throw new Error(`the webhook answered ${answer.statusCode}`)
      if (isDeclined(answerText)) throw new Error('the webhook answered 200 but declined the message')
    },
    close: () => agent.destroy(),
  }
}

function checkedLookup(resolve: Resolve, allowed: (address: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      const [first] = addresses
      if (error || !first) callback(error ?? new Error('the webhook has no address'), '')
      else if (!addresses.every(({ address }) => allowed(address))) callback(refused(), '')
      else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

const fromSystem: Resolve = (host, done) => systemLookup(host, { all: true }, done)

const refused = () => new Error('the webhook leads to a private address: refused')

async function beginning(body: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    text += chunk.toString('latin1')
    if (text.length > MOST_ANSWER) break
  }
  return text.slice(0, MOST_ANSWER)
}

/** DingTalk and WeCom (`errcode`) and Feishu (`code`) answer 200 even when they decline a message. */
function isDeclined(text: string): boolean {
  try {
    const { errcode = 0, code = 0 } = Object(JSON.parse(text))
    return errcode !== 0 || code !== 0
  } catch {
    return false
  }
}
