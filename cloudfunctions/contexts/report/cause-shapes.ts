import type { Stored } from '../../platform/cloudbase/shape'
import type { CauseRecord, RedFaceEpisode } from '../red-face/rules/red-face'
import type { LevelRequest } from './rules/request'

/** Up to shape 3 one cause named every unit it belonged to, and one appeal disputed it for all of them. */
export type SharedCause = Omit<CauseRecord, 'unit' | 'isUrgent' | 'sharedNo'> & {
  readonly units: readonly CauseRecord['unit'][]
}
export type SharedEpisode = Omit<RedFaceEpisode, 'causes'> & { readonly causes: readonly SharedCause[] }

/**
 * Shape 4: a cause of each unit. The first keeps the number, the others get the next ones that are free; their rows of
 * the ledger stay those of the number they shared. What waits is the appeal of the unit that asked, and no other's.
 */
export const toCausesOfOneUnit = (document: Stored): Stored => {
  const { redFaces, requests } = document as Stored & {
    readonly redFaces: readonly SharedEpisode[]
    readonly requests: readonly LevelRequest[]
  }
  if (!redFaces.some((episode) => episode.causes.some((cause) => 'units' in cause))) return document
  let lastNo = redFaces.reduce((count, episode) => count + episode.causes.length, 0)
  const apart = redFaces.map((episode) => ({
    ...episode,
    causes: episode.causes.flatMap(({ units, ...cause }) =>
      units.map((unit, place): CauseRecord => {
        if (place === 0 && units.length === 1) return { ...cause, unit }
        if (place > 0) lastNo += 1
        const { appeal, ...undisputed } = cause
        const asked = appeal && requests.find((request) => request.no === appeal.requestNo)
        const isTheirs = appeal === undefined || asked === undefined || asked.byUnitId === unit.id
        return {
          ...(isTheirs ? cause : { ...undisputed, wasAppealed: false }),
          unit,
          ...(place === 0 ? {} : { no: lastNo, sharedNo: cause.no }),
        }
      }),
    ),
  }))
  const causes = apart.flatMap((episode) => episode.causes)
  const ownNo = (no: number, unitId: string | null): number =>
    causes.find((cause) => (cause.sharedNo ?? cause.no) === no && cause.unit.id === unitId)?.no ?? no
  return {
    ...document,
    redFaces: apart,
    requests: requests.map((request) =>
      request.kind === 'appeal-red-face'
        ? { ...request, causeNos: request.causeNos.map((no) => ownNo(no, request.byUnitId)) }
        : request,
    ),
  }
}
