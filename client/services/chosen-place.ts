import type { InputOf } from '../../cloudfunctions/contract/contract'
import { cleanText } from '../../cloudfunctions/ground/text/clean-text'
import type { Point } from './places'

/** The community or village somebody names in place of a spot on the map. */
export interface NamedCommunity {
  readonly id: string
  readonly name: string
}

/** A place on the map or in words. */
export interface ChosenPlace {
  readonly point: Point | null
  readonly placeWords: string
  /** Chosen for this place; without it a home may stand in for a spot that is missing. */
  readonly community: NamedCommunity | null
}

/** What is sent is what is shown: a spot speaks for itself, words alone go with the community that stands beside them. */
export const placeToSend = (
  { point, placeWords, community }: ChosenPlace,
  home: Pick<NamedCommunity, 'id'> | undefined,
): InputOf<'report.submit'>['place'] => {
  const named = community ?? (point ? undefined : home)
  return {
    words: cleanText(placeWords),
    ...(point ? { point } : {}),
    ...(named ? { namedUnitId: named.id } : {}),
  }
}
