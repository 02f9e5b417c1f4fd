const INPUTS = ['pointermove', 'pointerdown', 'keydown', 'scroll', 'focusin'] as const

/** Runs `work` once, on the first sign that somebody uses the page. Returns a function that stops waiting for it. */
export function onFirstInput(page: EventTarget, work: () => void): () => void {
  const waiting = new AbortController()
  const begin = () => {
    waiting.abort()
    work()
  }
  for (const input of INPUTS)
    page.addEventListener(input, begin, { capture: true, passive: true, signal: waiting.signal })
  return () => waiting.abort()
}
