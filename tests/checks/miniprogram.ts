import { readOptions } from '../../config/command-line'
import { MiniProgramFailure } from '../../local/miniprogram/failure'
import { visitProgram } from './visited-program'

/** `npm run check:miniprogram -- --folder dist/weapp`: the last line is the report. */
const values = readOptions(
  `usage: npm run check:miniprogram [-- --folder dist/weapp] [--taps 8] [--pictures FOLDER]
opens and taps every page of a compiled mini-program; the last line is the report`,
  {
    folder: { type: 'string', default: 'dist/weapp' },
    taps: { type: 'string', default: '8' },
    pictures: { type: 'string' },
  },
)

visitProgram({ folder: values.folder, taps: Number(values.taps), pictures: values.pictures })
  .then((visited) => {
    console.info(JSON.stringify({ folder: values.folder, ...visited }))
    if (visited.opened < visited.pages || visited.refused.length + visited.errors.length > 0)
      process.exitCode = 1
  })
  .catch((error: unknown) => {
    console.error(error instanceof MiniProgramFailure ? error.message : error)
    process.exitCode = 1
  })
