/** Formats epoch seconds as the ISO 8601 instant that API replies use. */
export function iso(at: number): string {
  return new Date(at * 1000).toISOString()
}
