import { parseArgs } from 'node:util'
import { MiniProgramFailure } from '../../local/miniprogram/failure'
import { visitProgram } from './visited-program'

/** `npm run check:miniprogram -- --folder dist/weapp`: the last line is the report. */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'dist/weapp' },
    taps: { type: 'string', default: '8' },
    pictures: { type: 'string' },
  },
})

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
