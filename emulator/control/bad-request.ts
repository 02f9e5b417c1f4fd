/** Reports an invalid control request. The message says why; `status` is the HTTP status. */
export class BadRequest extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message)
  }
}
