export interface DateBoxProps {
  /** `YYYY-MM-DD`, like all dates here; empty while there is none. */
  readonly value: string
  /** What the value is called by those who read the page. */
  readonly text: string
  /** The first and the last day that can be chosen. */
  readonly first: string
  readonly last: string
  /** The day with which choosing begins, where one turns over days and does not write them. */
  readonly beginsOn: string
  readonly onChange: (on: string) => void
}
