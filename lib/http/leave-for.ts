import 'server-only'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Answers a form with a page that goes on to another site at once. A redirect would not work: the policy `form-action`
 * also covers where a form is redirected to, and a provider may redirect further to sites that nobody can list.
 */
export function leaveFor(address: URL, setCookies: string[]): Response {
  const href = address.href.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0;url=${href}">
<title>Pushlens</title>
<link rel="icon" href="/icon.svg">
<p><a href="${href}">${address.hostname}</a></p>
</html>
`
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' })
  for (const line of setCookies) headers.append('set-cookie', line)
  return new Response(page, { headers })
}
