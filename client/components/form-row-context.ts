import { createContext, useContext } from 'react'

interface FormRowQuestion {
  readonly label: string
  readonly isWrong: boolean
  /** Elements with the row's hint and what is wrong. */
  readonly describedBy: string | undefined
}

/** The question that a field stands under: the row asks it once, and every field in it is called by it. */
export const FormRowContext = createContext<FormRowQuestion | undefined>(undefined)

export const useFormRow = (): FormRowQuestion | undefined => useContext(FormRowContext)
