/** Alive: the process answers. Whether it can do its work is /readyz. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } })
}
