/** A block of code in a page. `info` is what follows the name of its language. */
export interface Fence {
  language: string
  info: string
  lines: string[]
  /** The line of its first mark, from 1. */
  line: number
}

/** A command of a `console` fence, with what it prints. */
export interface Shown {
  command: string
  /** The lines below it; none where the page does not show what it prints. */
  expected: string[]
  exitCode: number
  line: number
}

const MARK = /^\s*```(\S*)\s*(.*)$/

/** Returns the code blocks of a Markdown page. */
export function fencesOf(page: string): Fence[] {
  const fences: Fence[] = []
  let open: Fence | null = null
  for (const [i, line] of page.split('\n').entries()) {
    const [marked, language = '', info = ''] = MARK.exec(line) ?? []
    if (marked === undefined) open?.lines.push(line)
    else if (open) open = null
    else {
      open = { language, info, lines: [], line: i + 1 }
      fences.push(open)
    }
  }
  return fences
}

/**
 * Returns the commands of a `console` fence. A command begins with "$ " and may go on after a backslash. ```console exit=1
 * says that its commands end with 1.
 */
export function shownIn({ lines, info, line }: Fence): Shown[] {
  const exitCode = Number(/^exit=(\d+)$/.exec(info)?.[1] ?? 0)
  const shown: Shown[] = []
  let isOpen = false
  for (const [i, text] of lines.entries()) {
    const last = shown.at(-1)
    if (text.startsWith('$ ')) shown.push({ command: text.slice(2), expected: [], exitCode, line: line + 1 + i })
    else if (!last) throw new Error(`line ${line + 1 + i}: a console fence begins with a command`)
    else if (isOpen) last.command += `\n${text}`
    else last.expected.push(text)
    isOpen = text.endsWith('\\') && (isOpen || text.startsWith('$ '))
  }
  for (const one of shown) one.command = one.command.replace(/\s*\\\n\s*/g, ' ')
  return shown
}
