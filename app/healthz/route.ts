/** Answers while the process lives. /readyz says whether it can do its work. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } })
}
