/** A refusal in the platform's shape: HTTP 200 with `code` and `message`. */
export class PlatformFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export const invalidParam = (message: string) => new PlatformFailure('INVALID_PARAM', message)
export const databaseFailure = (message: string) => new PlatformFailure('DATABASE_REQUEST_FAILED', message)
/**
 * As environments answer the server SDK: the general code, and MongoDB's own words in the message. (The HTTP API has
 * DATABASE_DUPLICATE_WRITE for it: https://docs.cloudbase.net/error-code/DATABASE_DUPLICATE_WRITE)
 */
export const duplicateKey = (collection: string, index: string, key: unknown) =>
  databaseFailure(
    `[FailedOperation.Insert] multiple write errors: [{write errors: [{E11000 duplicate key error collection: tnt-local.${collection} index: ${index} dup key: { : ${JSON.stringify(key)} }}]}, {<nil>}]`,
  )
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof PlatformFailure && error.message.includes('E11000')
export const transactionConflict = () =>
  new PlatformFailure('DATABASE_TRANSACTION_CONFLICT', 'the document was changed by another transaction')
