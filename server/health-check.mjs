// @ts-check
import { get } from 'node:http'

/** Exits with 0 if the server of this container answers /healthz, else with 1. The image has neither curl nor wget. */
const TIMEOUT_MS = 4_000

const request = get({ port: process.env.PORT || 3_000, path: '/healthz', timeout: TIMEOUT_MS }, (res) => {
  process.exit(res.statusCode === 200 ? 0 : 1)
})
request.on('error', () => process.exit(1))
request.on('timeout', () => process.exit(1))
