import { requireNode } from './node-version.mjs'

// `npm run dev`: as `up`, but the framework compiles on demand and reloads. Same door, same demo.
requireNode()
import('./serve.mjs').then(({ serve }) => serve({ development: true }))
