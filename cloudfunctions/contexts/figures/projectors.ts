import type { Projectors } from '../../journal/settle'
import type { Report } from '../report/rules/report'
import type { KeptFigures } from './ports'
import { keepRow, type RowPorts } from './shared/keep-row'

interface ProjectorPorts extends RowPorts {
  readonly figures: RowPorts['figures'] & Pick<KeptFigures, 'add' | 'contains'>
}

/** What figures derive from a report. */
export const figureProjectors = (ports: ProjectorPorts): Pick<Projectors<Report>, 'moved' | 'outcome'> => ({
  moved: {
    isApart: true,
    // What others see of it may be a minute old.
    isLater: (_report, { isNow }) => isNow !== true,
    project: async (report, { id, moves, isNow }, _now, by) => {
      const key = `${report.id}.${id}`
      // What a step does at once the clock nearly always finds done.
      const isToldAgain = isNow === true && by === undefined
      await Promise.all(
        moves.map(async (move) => {
          if (!(isToldAgain && (await ports.figures.contains(key, move.section))))
            await ports.figures.add(key, move)
        }),
      )
      return null
    },
  },
  outcome: {
    isLater: () => true,
    project: async (report, _entry, now) => {
      await keepRow(ports)(report, now)
      return null
    },
  },
})
