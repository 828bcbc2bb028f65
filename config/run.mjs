/**
 * The one way in: `npm start`, `npm run dev`, `npm test`. Plain JavaScript without imports of ours, because on
 * a fresh machine nothing is installed yet.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const at = (...parts) => path.join(root, ...parts)
const say = (text) => process.stdout.write(`${text}\n`)

const fail = (text) => {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/**
 * Installs what package-lock.json says, once for each version of it. Not `npm ci`: that refuses a lock file in
 * which the binaries of another platform are missing, which is how npm writes it where a registry lacks them.
 */
const installDependencies = () => {
  const lock = readFileSync(at('package-lock.json'), 'utf8')
  const stamp = at('node_modules/.redface-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  say('installing dependencies …')
  if (run(npm, ['install', '--no-save', '--no-audit', '--no-fund']) !== 0)
    fail('npm install failed: see above')
  writeFileSync(stamp, lock)
}

const newestChange = (folder) => {
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    newest = Math.max(newest, statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs)
  }
  return newest
}

/** Builds unless the last build is newer than everything it was made of. */
const buildIfStale = (name, script, sources) => {
  const stamp = at('dist', `.${name}-built`)
  const changedAt = Math.max(...sources.map((source) => newestChange(at(source))))
  if (existsSync(stamp) && statSync(stamp).mtimeMs > changedAt) return
  say(`building ${name} …`)
  if (run(npm, ['run', '--silent', script]) !== 0) fail(`building ${name} failed: see above`)
  writeFileSync(stamp, '')
}

// The headless shell first, and as the program itself: the script in /usr/bin that starts it stays beside it, and would be
// killed in its place.
const places = JSON.parse(readFileSync(at('local/miniprogram/chromium-places.json'), 'utf8'))
const [headlessShell] = places

/**
 * A browser for the tests: the one that is named, else Debian's headless shell, else whichever is installed, else one
 * that ships inside an npm package.
 */
const findChromium = async () => {
  const installed = () => [process.env.CHROMIUM_PATH, ...places].find((file) => file && existsSync(file))
  const mayInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  // With the whole browser the tests take half as long again: it draws a toolbar for each page that nobody sees.
  if (!process.env.CHROMIUM_PATH && !existsSync(headlessShell) && mayInstall) {
    say('installing Chromium …')
    run('apt-get', ['update', '-qq'])
    const packages = ['chromium-headless-shell', 'fonts-wqy-microhei']
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      DEBIAN_FRONTEND: 'noninteractive',
    })
  }
  if (installed()) return installed()
  // The last version for Node 20; not a dependency, because few machines need its 60 MB.
  run(npm, ['install', '--no-save', '--no-audit', '--no-fund', '@sparticuz/chromium@141.0.0'])
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } catch {
    return fail(
      'no Chromium found: install it (Debian: apt-get install chromium-headless-shell fonts-wqy-microhei) or set CHROMIUM_PATH',
    )
  }
}

/** What each command does, and the options it takes. */
const modes = {
  start: {
    usage: `usage: npm start [-- --fresh]
the whole product on this machine; data stays in .data between runs, --fresh forgets it
PORT, DATA_DIR and FUNCTION_ROOT are honoured`,
    options: { fresh: { type: 'boolean' } },
  },
  dev: { usage: 'usage: npm run dev\nthe whole product, rebuilt on change', options: {} },
  test: { usage: 'usage: npm test\neverything that must hold', options: {} },
}

const [mode = '', ...flags] = process.argv.slice(2)
if (!Object.hasOwn(modes, mode)) fail('usage: run.mjs start|dev|test')
const { usage, options } = modes[mode]
try {
  const { values } = parseArgs({
    args: flags,
    options: { ...options, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) {
    say(usage)
    process.exit(0)
  }
} catch (error) {
  fail(`${error.message.split('. ')[0]}; --help says what there is`)
}
installDependencies()

if (mode === 'start') {
  buildIfStale('functions', 'build:functions', ['cloudfunctions', 'config'])
  const clientSources = [
    'client',
    'cloudfunctions/contract',
    'cloudfunctions/contexts',
    'cloudfunctions/terms',
    'cloudfunctions/ground',
    'config',
  ]
  buildIfStale('h5-local', 'build:h5:local', clientSources)
  buildIfStale('weapp', 'build:weapp', clientSources)
}
if (mode === 'start' || mode === 'dev') {
  const server = spawn(process.execPath, ['--import', 'tsx', at(`local/${mode}.ts`), ...flags], {
    cwd: root,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
  server.on('exit', (code) => process.exit(code ?? 1))
} else {
  const chromium = await findChromium()
  process.exit(
    run(process.execPath, ['--import', 'tsx', at('config/validate.ts'), ...flags], {
      CHROMIUM_PATH: chromium,
    }),
  )
}
