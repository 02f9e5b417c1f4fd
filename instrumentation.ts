/** Runs once before the first request. The import is guarded so that nothing of Node is bundled for other runtimes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./instrumentation-node')).start()
}
