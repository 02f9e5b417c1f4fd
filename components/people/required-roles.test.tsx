import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { messagesOf } from '@/components/i18n/messages'
import { RequiredRoles } from './required-roles'

test('administrators see each role with its state', () => {
  const markup = renderToStaticMarkup(<RequiredRoles roles={['admin']} locale="en" messages={messagesOf('en')} />)
  expect(markup.match(/type="checkbox"/g)).toHaveLength(4)
  expect(markup).toMatch(/value="admin"[^>]*checked|checked[^>]*value="admin"/)
  expect(markup.match(/checked=""/g)).toHaveLength(1)
})
