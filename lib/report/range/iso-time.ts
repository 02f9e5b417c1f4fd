/** Epoch seconds as the ISO instant of answers. */
export function iso(at: number): string {
  return new Date(at * 1000).toISOString()
}
