// Uses old syntax only, so that an old Node can parse it and report the problem.

/** Exits with a message if Node is older than required (20.19). */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Pushlens needs Node 20.19 or newer; this is Node ${version}. See https://nodejs.org/`)
  process.exit(1)
}
