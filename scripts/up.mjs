import { requireNode } from './node-version.mjs'

// `npm run up`: installs, builds and starts Pushlens from a fresh checkout.
requireNode()
import('./serve.mjs').then(({ serve }) => serve({ development: false }))
