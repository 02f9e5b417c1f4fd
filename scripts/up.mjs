import { requireNode } from './node-version.mjs'

// `npm run up`: from a bare checkout to a running Pushlens.
requireNode()
import('./serve.mjs').then(({ serve }) => serve({ development: false }))
