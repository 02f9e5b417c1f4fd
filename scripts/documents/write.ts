import { readFileSync, writeFileSync } from 'node:fs'
import { LOCALES, withTables } from './configuration'
import { configurationPage } from './pages'

/** `npm run documents` writes the tables of the configuration from the schema, in every language. */
for (const locale of LOCALES) {
  const path = configurationPage(locale)
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), locale))
  console.log(path)
}
