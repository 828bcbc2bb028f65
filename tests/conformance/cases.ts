import type { Case } from './case'
import { transactionCases } from './cases/transactions'

/** Every case, in the order of the documentation. */
export const allCases: readonly Case[] = [...transactionCases]
