import { readOptions } from '../../config/command-line'
import { killCloud } from './killed-cloud'

/** `npm run check:kill -- --kills 200`: the last line is the report. */
const values = readOptions(
  `usage: npm run check:kill [-- --kills 200] [--writers 16] [--documents 100000]
kill -9 at any moment under so many writers: nothing lost, doubled or torn; the last line is the report`,
  {
    kills: { type: 'string', default: '200' },
    writers: { type: 'string', default: '16' },
    documents: { type: 'string', default: '100000' },
  },
)

// The SDK remarks on requests whose server has gone.
console.warn = () => {}
killCloud({
  kills: Number(values.kills),
  writers: Number(values.writers),
  documents: Number(values.documents),
})
  .then((report) => {
    console.info(JSON.stringify(report))
    if (report.lost + report.duplicated + report.torn > 0) process.exitCode = 1
  })
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
