import { ComputersRow } from './computers-row'

/** WeChat has signed everybody in; whoever works here lets computers in from it. */
export function ComputerRows({ isStaff }: { readonly isStaff: boolean }) {
  return isStaff ? <ComputersRow /> : null
}
