import { existsSync } from 'node:fs'
import path from 'node:path'
import tcb from '@cloudbase/node-sdk'
import { codeAddress } from '../../client/services/code-address'
import { chinaMomentText } from '../../cloudfunctions/ground/instant'
import { keyedWith, readEnvironment } from '../../cloudfunctions/platform/cloudbase/environment'
import { readOptions } from '../../config/command-line'
import { keyedOf, secretFile } from '../product'
import { openServerSdk } from '../server-sdk'
import { setUpBanner } from './set-up-banner'

const usage = `usage: npm run setup -- --env ENV_ID --banner 150221 [--league-name 包头市 --banner-name 土默特右旗]
  or:  npm run setup -- --url http://127.0.0.1:5180/admin --data .data --banner 150221
two one-time codes, seven days good, for the first two admins of a banner: each types theirs in the mini-program,
says 是我, and says 就是他 to the other; only then they have their seats. Nothing is done where the banner has an admin.
  --env           the environment; its owner's key in TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY, and the
                  functions' secret in REDFACE_SECRET
  --url, --data   a local server instead, and the folder with its data
  --site          where the product's pages are served; beside each code stands the address that opens it there
                  (a local server's own is known)
  --banner        the banner's six digits; a league by its four, or the region by 15, is set up likewise
  --league-name, --banner-name
                  adds the committees of region, league and banner where the environment has none yet
  --names         what colleagues call the two: 云主任,郝主任
  --again         takes back the codes of an earlier set-up that nobody has used up
  --one-more      one code: beside the only admin that is left, who confirms whoever comes`

const fail = (why: string): never => {
  console.error(why)
  process.exit(1)
}

const variable = (name: string): string =>
  process.env[name] ?? fail(`${name} is missing; --help says what is needed`)

const open = async ({ env, url, data }: { env?: string; url?: string; data?: string }) => {
  if (url !== undefined && data !== undefined && env === undefined) {
    // Else one would be made there, and nobody could use a code.
    if (!existsSync(path.join(data, secretFile))) fail(`${data} is no data folder of a local server`)
    return { app: openServerSdk({ adminUrl: url }), keyed: await keyedOf(data) }
  }
  if (env === undefined || url !== undefined || data !== undefined)
    return fail('either --env, or --url and --data; --help says what there is')
  const secretId = variable('TENCENTCLOUD_SECRETID')
  const secretKey = variable('TENCENTCLOUD_SECRETKEY')
  return { app: tcb.init({ env, secretId, secretKey }), keyed: keyedWith(readEnvironment().secret) }
}

/** Where the pages are served, as an address ends before its “?”. */
const siteOf = ({ site, url }: { site?: string; url?: string }): string | undefined => {
  const said = site ?? url
  if (said === undefined) return undefined
  if (!URL.canParse(said)) return fail(`${said} is no address`)
  return site === undefined ? `${new URL(said).origin}/` : `${said.replace(/\/*$/, '')}/`
}

const areasOf = (league: string | undefined, banner: string | undefined) => {
  if (league === undefined && banner === undefined) return {}
  return league === undefined || banner === undefined
    ? fail('--league-name and --banner-name go together')
    : { areas: { league, banner } }
}

const run = async (): Promise<void> => {
  const values = readOptions(usage, {
    env: { type: 'string' },
    url: { type: 'string' },
    data: { type: 'string' },
    site: { type: 'string' },
    banner: { type: 'string' },
    'league-name': { type: 'string' },
    'banner-name': { type: 'string' },
    names: { type: 'string' },
    again: { type: 'boolean' },
    'one-more': { type: 'boolean' },
  })
  const bannerId = values.banner ?? fail('--banner is missing; --help says what there is')
  const [first = '第一位管理员', second = '第二位管理员'] = values.names?.split(',') ?? []
  const site = siteOf(values)
  const { app, keyed } = await open(values)
  const done = await setUpBanner(
    app,
    keyed,
    {
      unitId: bannerId,
      names: [first, second],
      isAgain: values.again === true,
      isOneMore: values['one-more'] === true,
      ...areasOf(values['league-name'], values['banner-name']),
    },
    Date.now(),
  )
  switch (done.kind) {
    case 'invited':
      for (const { name, code, expiresAt } of done.invitations) {
        console.info(`${done.unit.name}  ${name}  ${code}  (until ${chinaMomentText(expiresAt)})`)
        if (site !== undefined) console.info(`  ${codeAddress('invited', site, code.replace(' ', ''))}`)
      }
      return
    case 'no-such-unit':
      return fail(`${bannerId} is no banner here; --league-name and --banner-name add it`)
    case 'has-admins':
      return fail(
        `${bannerId} has ${done.count} admin${done.count === 1 ? '' : 's'}: they invite whoever else is needed (--one-more beside a single one)`,
      )
    case 'waiting':
      return fail(
        `${bannerId} was set up before: its codes are good until ${chinaMomentText(done.expiresAt)} (--again takes them back)`,
      )
    case 'beside-another':
      return fail(`somebody else sets ${bannerId} up at this moment`)
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
})
