import { requireNode } from './node-version.mjs'

// `npm run dev`: like `up`, with the same door and demo, but the framework compiles on demand and reloads.
requireNode()
import('./serve.mjs').then(({ serve }) => serve({ development: true }))
