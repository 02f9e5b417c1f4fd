/** A parameter with the text that somebody entered. A list is entered with commas. */
export interface RequestInput {
  name: string
  where: 'path' | 'query'
  required: boolean
  list: boolean
  /** The values to choose from; null for any text. */
  options: string[] | null
  value: string
}

/** Returns the address of a request. Empty parameters of the query are left out. */
export function requestUrl(path: string, inputs: RequestInput[]): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(inputs.find((one) => one.where === 'path' && one.name === name)?.value ?? ''),
  )
  const query = new URLSearchParams()
  for (const { name, where, list, value } of inputs) {
    if (where !== 'query' || value === '') continue
    for (const one of list ? value.split(',') : [value]) query.append(name, one.trim())
  }
  const text = query.toString()
  return text === '' ? filled : `${filled}?${text}`
}

/** Returns the same request for a shell. Quotes in the body are escaped for it. */
export function curlOf(method: string, url: string, body: string | null): string {
  const lines = [`curl -X ${method} '${url}'`, `  -H 'Authorization: Bearer plk_…'`]
  if (body !== null) {
    lines.push(`  -H 'Content-Type: application/json'`, `  -d '${body.replaceAll("'", `'\\''`)}'`)
  }
  return lines.join(' \\\n')
}
