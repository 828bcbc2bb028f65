import budgets from '../../config/journey-budgets.json'
import type { Counts } from './hand'
import type { JourneyName } from './journeys'
import type { Build } from './play'

/** Taps that a journey may take, by build. */
const most: Readonly<Record<JourneyName, Readonly<Record<Build, number>>>> = budgets

/** Says which journey takes more presses than it may; nothing where none does. */
export const overBudget = (name: JourneyName, build: Build, { taps }: Counts): string | undefined =>
  taps > most[name][build]
    ? `${name} takes ${taps} taps in ${build}, its budget is ${most[name][build]} (config/journey-budgets.json)`
    : undefined
