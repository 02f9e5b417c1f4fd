import 'server-only'
import { inspect } from 'node:util'

const REDACTED = '[redacted]'

/** A text that prints `[redacted]` in logs, JSON, templates and inspection. Only `reveal()` returns it. */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  [inspect.custom](): string {
    return REDACTED
  }
}
