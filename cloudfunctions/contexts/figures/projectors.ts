import type { Projectors } from '../../journal/settle'
import type { Report } from '../report/rules/report'
import type { KeptFigures } from './ports'

/** What figures derive from a report. */
export const figureProjectors = ({
  figures,
}: {
  readonly figures: Pick<KeptFigures, 'add'>
}): Pick<Projectors<Report>, 'moved'> => ({
  moved: {
    isApart: true,
    // What others see of it may be a minute old.
    isMany: (_report, { isNow }) => isNow !== true,
    project: async (report, { id, moves }) => {
      await Promise.all(moves.map((move) => figures.add(`${report.id}.${id}`, move)))
      return null
    },
  },
})
