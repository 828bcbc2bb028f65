import type { Sort } from '../database/planner'
import type { Document } from '../ground/codec'
import { invalidParam } from '../ground/failure'

export const wholeNumber = (value: unknown, what: string): number => {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0) throw invalidParam(`${what} must be a whole number`)
  return number
}

export const text = (value: unknown, what: string): string => {
  if (typeof value !== 'string' || value === '') throw invalidParam(`${what} must be a text`)
  return value
}

export const documentId = (value: unknown): string | number => {
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value
  throw invalidParam('query._id must be a text or a number')
}

export const sortOf = (order: Document): Sort =>
  Object.entries(order).map(([field, direction]) => {
    const number = direction === 'asc' ? 1 : direction === 'desc' ? -1 : Number(direction)
    if (number !== 1 && number !== -1) throw invalidParam(`the order of ${field} must be asc or desc`)
    return [field, number] as const
  })
