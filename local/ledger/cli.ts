import { readOptions } from '../../config/command-line'
import { chainsInFolder } from './from-folder'
import { chainsAtUrl } from './from-url'
import { isSound, readHead, sayReport, verifyChains } from './verify'

const usage =
  'usage: npm run verify:ledger -- (--url http://127.0.0.1:5180 | --data .data) [--head "3f2a 91bc 77d0 e415"]'

/**
 * `npm run verify:ledger`: F6, for anybody. Over a running environment it reads what everybody may read; over a data
 * folder also what is withheld, without writing. The last line is the report; it ends with 1 when the ledger does not
 * stand as it was written, or does not hold the head that was asked for.
 */
const run = async (): Promise<void> => {
  const values = readOptions(usage, {
    url: { type: 'string' },
    data: { type: 'string' },
    head: { type: 'string' },
  })
  const { url, data } = values
  if ((url === undefined) === (data === undefined)) throw new Error(usage)
  const head = values.head === undefined ? undefined : readHead(values.head)
  const report = await verifyChains(url === undefined ? chainsInFolder(data ?? '') : chainsAtUrl(url), head)
  console.info(sayReport(report))
  if (report.head === null) console.info('THE HEAD ASKED FOR IS IN NO CHAIN')
  console.info(JSON.stringify(report))
  if (!isSound(report)) process.exitCode = 1
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
})
