import {
  DeleteQueryNode,
  InsertQueryNode,
  type KyselyPlugin,
  type OperationNode,
  type QueryId,
  type RootOperationNode,
  TableNode,
  UpdateQueryNode,
} from 'kysely'

/** The moments of a save, in order, named after the statement that a process is about to run or has just run. */
export const CRASH_POINTS = [
  'before begin',
  'before insert windows',
  'after insert windows',
  'after update windows',
  'after delete window_answers',
  'after insert window_answers',
  'after insert daily',
  'after update apps',
  'after commit',
] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

/** Calls `reached` before and after each statement, with names such as `after insert windows`. */
export function watchStatements(reached: (name: string) => void): KyselyPlugin {
  const names = new WeakMap<QueryId, string>()
  return {
    transformQuery({ node, queryId }) {
      const name = nameOf(node)
      names.set(queryId, name)
      reached(`before ${name}`)
      return node
    },
    async transformResult({ result, queryId }) {
      reached(`after ${names.get(queryId)}`)
      return result
    },
  }
}

function nameOf(node: RootOperationNode): string {
  if (InsertQueryNode.is(node)) return `insert ${tableOf(node.into)}`
  if (UpdateQueryNode.is(node)) return `update ${tableOf(node.table)}`
  if (DeleteQueryNode.is(node)) return `delete ${tableOf(node.from.froms[0])}`
  return node.kind
}

function tableOf(node: OperationNode | undefined): string {
  return node && TableNode.is(node) ? node.table.identifier.name : 'unknown'
}
