/**
 * What a frame with a shared view may do. Scripts draw the page. Its own origin lets it ask for the numbers: without it
 * the browser would treat the page as a stranger to its own server. Forms are for the password, downloads for the copy of a
 * frozen link. Nothing else is needed: no navigation of the page around it, no pop-ups.
 */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-downloads'

/** Returns the HTML that shows a link in another page. */
export function embedCode(url: string, title: string): string {
  const text = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<iframe src="${url}" title="${text}" sandbox="${SANDBOX}" referrerpolicy="no-referrer" loading="lazy" width="100%" height="800" style="border:0"></iframe>`
}
