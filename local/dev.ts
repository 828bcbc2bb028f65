import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { watchFunctions } from '../config/bundle-functions'
import { sayLedger } from './ledger/say'
import { openProduct } from './product'
import { readPort, serveOrExit } from './serve'
import { openWeapp } from './weapp'

/** `npm run dev`: rebuilds functions and client on change; functions take effect with the next call. */
const develop = async (): Promise<void> => {
  const root = path.join(__dirname, '..')
  const port = readPort(process.env.PORT, 5180)
  let reload: () => void = () => {}
  const stopWatching = await watchFunctions(() => reload())
  // Marks the builds as outdated: development builds are not those of `npm start`.
  for (const name of ['h5-local', 'weapp']) await rm(path.join(root, `dist/.${name}-built`), { force: true })
  const clients = ['dev:h5', 'dev:weapp'].map((script) =>
    spawn(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', script], {
      cwd: root,
      stdio: 'inherit',
    }),
  )
  // Else the watching builds would outlive a start that fails.
  process.once('exit', () => {
    for (const client of clients) client.kill()
  })
  const folder = process.env.DATA_DIR ?? path.join(root, '.data')
  const product = await openProduct({ port, folder, say: console.info })
  reload = () => void product.reloadFunctions()
  const weapp = await openWeapp(product, port === 0 ? 0 : port + 1)
  console.info(`the compiled mini-program runs at ${weapp.url}/frame`)
  console.info(await sayLedger(folder))
  console.info(`ready ${product.url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      for (const client of clients) client.kill()
      void Promise.all([stopWatching(), weapp.close(), product.close()]).then(() => process.exit(0))
    })
  }
}

serveOrExit(develop)
