import type { Allowance, Category } from '../../category/rules/category'
import { allowanceWords } from './allowances'

const allowanceText = (allowance: Allowance): string => `${allowanceWords(allowance)}内`

/** A category's times as a form promises them. */
export const timesOf = (
  category: Category,
): { readonly acceptText: string; readonly resolveText: string } => ({
  acceptText: `${allowanceText(category.acceptWithin)}受理`,
  resolveText: category.planWithin
    ? `${allowanceText(category.planWithin)}拿出计划，${allowanceText(category.resolveWithin)}办完`
    : `${allowanceText(category.resolveWithin)}办结`,
})
