import type { Case } from './case'
import { expressionCases } from './cases/expressions'
import { httpCases } from './cases/http'
import { placeCases } from './cases/places'
import { platformCases } from './cases/platform'
import { queryCases } from './cases/queries'
import { stageCases } from './cases/stages'
import { transactionCases } from './cases/transactions'
import { updateOperatorCases } from './cases/update-operators'
import { webCases } from './cases/web'
import { weixinCases } from './cases/weixin'
import { writeCases } from './cases/writes'

/** Every case, in the order of the documentation. */
export const allCases: readonly Case[] = [
  ...queryCases,
  ...writeCases,
  ...updateOperatorCases,
  ...stageCases,
  ...expressionCases,
  ...transactionCases,
  ...placeCases,
  ...platformCases,
  ...weixinCases,
  ...webCases,
  ...httpCases,
]
