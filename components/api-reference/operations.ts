import type { Words } from '@/components/i18n/words'
import type { ApiOperation, OpenApiDocument } from '@/lib/contract/api/openapi'

/** An operation with its address. */
export interface Operation extends ApiOperation {
  method: string
  path: string
}

/** Returns all operations, in the order of the description. */
export function operationsOf(api: OpenApiDocument): Operation[] {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  )
}

/** Returns the operations by their first tag, each group with its name. */
export function groupsOf(operations: Operation[]): [string, Operation[]][] {
  const groups = new Map<string, Operation[]>()
  for (const operation of operations) {
    const [tag = ''] = operation.tags
    groups.set(tag, [...(groups.get(tag) ?? []), operation])
  }
  return [...groups]
}

/** Says in the viewer's language what an operation does; in English where the language has no text for it. */
export function summaryOf({ operationId, summary }: Operation, texts: Record<string, string>): string {
  return texts[operationId] ?? summary
}

/** Describes the limits of a value, such as its default. */
export function limitsOf(schema: Operation['parameters'][number]['schema'], { t }: Words): string {
  const parts = [
    schema.description,
    schema.default !== undefined && t('api-docs.default', { value: JSON.stringify(schema.default) }),
    schema.minimum !== undefined && t('api-docs.limits.least', { n: schema.minimum }),
    schema.maximum !== undefined && t('api-docs.limits.most', { n: schema.maximum }),
    schema.maxLength !== undefined && t('api-docs.limits.chars', { n: schema.maxLength }),
    schema.maxItems !== undefined && t('api-docs.limits.items', { n: schema.maxItems }),
  ]
  return parts.filter(Boolean).join(' · ')
}
