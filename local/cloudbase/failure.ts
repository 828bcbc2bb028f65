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
export const duplicateKey = (collection: string, index: string, key: string) =>
  new PlatformFailure(
    'DATABASE_DUPLICATE_KEY',
    `E11000 duplicate key error collection: ${collection} index: ${index} dup key: ${key}`,
  )
export const transactionConflict = () =>
  new PlatformFailure('DATABASE_TRANSACTION_CONFLICT', 'the document was changed by another transaction')
