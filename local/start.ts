import { rm } from 'node:fs/promises'
import path from 'node:path'
import { horizonLine } from './horizon-line'
import { sayLedger } from './ledger/say'
import { keyedOf, openProduct } from './product'
import { readPort, serveOrExit } from './serve'
import { openWeapp } from './weapp'

/** `npm start`: the whole product on one address; data stays between runs, `-- --fresh` forgets it. */
const start = async (): Promise<void> => {
  const folder = process.env.DATA_DIR ?? path.join(__dirname, '../.data')
  if (process.argv.includes('--fresh')) await rm(folder, { recursive: true, force: true })
  const port = readPort(process.env.PORT, 5180)
  const { FUNCTION_ROOT: functionRoot } = process.env
  const product = await openProduct({
    port,
    folder,
    say: console.info,
    ...(functionRoot ? { functionRoot } : {}),
  })
  const weapp = await openWeapp(product, port === 0 ? 0 : port + 1)
  console.info(`open ${product.url} in a browser; the console is at ${product.url}/console`)
  console.info(`the compiled mini-program runs at ${weapp.url}/frame`)
  console.info(await horizonLine(product, await keyedOf(folder)))
  console.info(await sayLedger(folder))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void Promise.all([weapp.close(), product.close()]).then(() => process.exit(0)))
  }
  // Printed last: scripts that wait for this line may kill the process at once.
  console.info(`ready ${product.url}`)
}

serveOrExit(start)
