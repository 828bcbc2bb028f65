import { spawn } from 'node:child_process'
import path from 'node:path'
import { watchFunctions } from '../config/bundle-functions'
import { openProduct } from './product'

/** `npm run dev`: rebuilds functions and client on change; functions take effect with the next call. */
const develop = async (): Promise<void> => {
  const root = path.join(__dirname, '..')
  let reload: () => void = () => {}
  const stopWatching = await watchFunctions(() => reload())
  const client = spawn(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', 'dev:h5'], {
    cwd: root,
    stdio: 'inherit',
  })
  const product = await openProduct({
    port: Number(process.env.PORT ?? 5180),
    folder: process.env.DATA_DIR ?? path.join(root, '.data'),
  })
  reload = () => void product.reloadFunctions()
  console.info(`ready ${product.url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      client.kill()
      void Promise.all([stopWatching(), product.close()]).then(() => process.exit(0))
    })
  }
}

develop().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
