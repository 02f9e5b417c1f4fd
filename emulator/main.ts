import { optionsFrom } from './command-line'
import { startEmulator } from './start'

try {
  const { options, endWithParent } = optionsFrom(process.argv.slice(2), process.env)
  const { port, controlPort, stop } = await startEmulator(options)
  process.stdout.write(`${JSON.stringify({ ready: true, port, controlPort })}\n`)

  const end = () => void stop().then(() => process.exit(0))
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  if (endWithParent) process.stdin.once('close', end).resume()
} catch (error) {
  process.stderr.write(`emulator: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
