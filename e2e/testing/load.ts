import { get } from 'node:http'

export interface Sent {
  /** When the connection stood, by performance.now(); null if it was refused. */
  connectedAt: number | null
  /** The status, or the code of the error. */
  outcome: number | string
}

/** Sends requests one after another in each of `clients` loops, each on a connection of its own, until `stop`. */
export function startLoad(url: string, clients: number): { sent: Sent[]; stop(): Promise<Sent[]> } {
  const sent: Sent[] = []
  let going = true
  const loop = async () => {
    while (going) sent.push(await one(url))
  }
  const loops = Array.from({ length: clients }, loop)
  return {
    sent,
    async stop() {
      going = false
      await Promise.all(loops)
      return sent
    },
  }
}

function one(url: string): Promise<Sent> {
  return new Promise((resolve) => {
    let connectedAt: number | null = null
    const end = (outcome: number | string) => resolve({ connectedAt, outcome })
    const request = get(url, { agent: false }, (answer) => {
      answer.resume().on('end', () => end(answer.complete ? (answer.statusCode ?? 0) : 'cut'))
      answer.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
    })
    request.on('socket', (socket) => socket.once('connect', () => (connectedAt = performance.now())))
    request.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
  })
}
