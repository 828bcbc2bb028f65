import path from 'node:path'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'
import { NormalModuleReplacementPlugin } from 'webpack'
import type { routes } from '../client/routes'
import { isOnlyUsedBy, isUsedByOneOf, loadFirst } from './first-load'

const borrowedFromFunctions = ['contract', 'contexts', 'ground'].map((folder) =>
  path.resolve(__dirname, '../cloudfunctions', folder),
)

const firstPage: typeof routes.home = 'pages/home'

/** What people come back to day by day: these wait for no part of a form. */
const listPages: readonly (typeof routes)[keyof typeof routes][] = ['pages/red-face', 'pages/staff/queue']

const dataUrlOf = (content: Buffer, { filename }: { readonly filename: string }): string => {
  if (!filename.endsWith('.svg'))
    return `data:image/${path.extname(filename).slice(1)};base64,${content.toString('base64')}`
  const drawing = content.toString().trim().replaceAll('"', "'")
  return `data:image/svg+xml,${drawing.replace(/[%#<>]/g, encodeURIComponent)}`
}

/** An environment's HTTP API; without an environment the page's own origin. https://docs.cloudbase.net/http-api/basic/overview */
const cloudAddressOf = (env: string): string => (env ? `https://${env}.api.tcloudbasegateway.com/` : '/')

/**
 * Build of the client. `--mode local` makes the build that talks to the CloudBase on this machine and carries
 * the persona picker; any other mode makes the build for residents.
 */
export default defineConfig<'webpack5'>(async (_merge, { mode }) => {
  const isLocal = mode === 'local'
  const target = process.env.TARO_ENV ?? 'h5'
  const cloudEnv = process.env.REDFACE_CLOUD_ENV ?? ''
  const env = {
    REDFACE_LOCAL: JSON.stringify(isLocal ? '1' : ''),
    REDFACE_CLOUD_ENV: JSON.stringify(isLocal ? 'local' : cloudEnv),
    // Where the page is served: the mini-program's own codes lead there, too.
    ...(target === 'weapp' && { REDFACE_SITE: JSON.stringify(process.env.REDFACE_SITE ?? '') }),
  }

  const config: UserConfigExport<'webpack5'> = {
    projectName: 'redface',
    sourceRoot: 'client',
    outputRoot: isLocal ? `dist/${target}-local` : `dist/${target}`,
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    cache: { enable: false },
    plugins: target === 'weapp' ? [path.resolve(__dirname, 'wechat-templates.ts')] : [],
    env,
    // Lengths stay CSS pixels: they do not grow with the width of a tablet, and 大字版 scales type alone.
    designWidth: 375,
    deviceRatio: { 375: 1 },
    // WeChat's map takes its markers by their path.
    copy: {
      patterns:
        target === 'weapp'
          ? ['pin', 'dot'].map((name) => ({
              from: `client/theme/pictures/${name}.png`,
              to: `dist/${target}${isLocal ? '-local' : ''}/theme/pictures/${name}.png`,
            }))
          : [],
      options: {},
    },
    mini: {
      compile: { include: borrowedFromFunctions },
      optimizeMainPackage: { enable: true },
      // No stylesheet overrides another one's class, so their order says nothing.
      miniCssExtractPluginOption: { ignoreOrder: true },
      postcss: {
        pxtransform: { enable: false },
        cssModules: { enable: false },
      },
      imageUrlLoaderOption: { limit: 4096 },
    },
    h5: {
      publicPath: './',
      htmlPluginOption: {
        cloudAddress: cloudAddressOf(isLocal ? '' : cloudEnv),
        publishableKey: isLocal ? '' : (process.env.REDFACE_PUBLISHABLE_KEY ?? ''),
      },
      staticDirectory: 'static',
      compile: { include: borrowedFromFunctions },
      router: { mode: 'hash' },
      output: {
        filename: 'js/[name].[contenthash:6].js',
        chunkFilename: 'js/[name].[contenthash:6].js',
      },
      miniCssExtractPluginOption: {
        ignoreOrder: true,
        filename: 'css/[name].[contenthash:6].css',
        chunkFilename: 'css/[name].[contenthash:6].css',
      },
      postcss: {
        pxtransform: { enable: false },
        cssModules: { enable: false },
      },
      imageUrlLoaderOption: { limit: 4096 },
      webpackChain: (chain) => {
        // Taro's router does not handle a page whose code fails to load: our lazy routes stand between it and the
        // pages.
        chain.plugin('mainPlugin').tap(([options]) => {
          const { loaderMeta } = options
          const from = JSON.stringify(path.resolve(__dirname, '../client/late-pages'))
          loaderMeta.extraImportForWeb += `import { latePages } from ${from}\n`
          // The entry brings the first page along: every file more costs a round trip, and most pages use its parts.
          loaderMeta.extraImportForWeb += `import './${firstPage}'\n`
          loaderMeta.execBeforeCreateWebApp += 'config.routes = latePages(config.routes)\n'
          return [options]
        })
        // `npm run size` holds the budgets.
        chain.performance.hints(false)
        chain.plugin('loadFirst').use(loadFirst({ firstPage, env }))
        // Taro's stylesheet brings a font for an element that no page has.
        chain
          .plugin('withoutIconFont')
          .use(new NormalModuleReplacementPlugin(/^data:application\/octet-stream/, 'data:,'))
        // Drawings lie in the stylesheet as they are written: in base64 they are a quarter more to load.
        const image = chain.module.rule('image')
        image.set('generator', { ...image.get('generator'), dataUrl: dataUrlOf })
        // The entry is one script and one stylesheet; what several other pages use is loaded once, unless it is so
        // little that asking for it takes longer than having it twice.
        chain.optimization.splitChunks({
          ...chain.optimization.get('splitChunks'),
          chunks: 'async',
          minSize: 30_000,
          cacheGroups: {
            ...chain.optimization.get('splitChunks').cacheGroups,
            // Each file has a name and a fingerprint in what home loads: pages of few people share one.
            admin: {
              name: 'admin',
              chunks: 'async',
              test: isOnlyUsedBy(['pages/admin/', 'pages/people/']),
              priority: 8,
              enforce: true,
            },
            counter: {
              name: 'counter',
              chunks: 'async',
              test: isOnlyUsedBy(['pages/counter/']),
              priority: 8,
              enforce: true,
            },
            lists: {
              name: 'lists',
              chunks: 'async',
              test: isUsedByOneOf(listPages),
              minChunks: 4,
              priority: 6,
              enforce: true,
            },
            forms: { name: 'forms', chunks: 'async', minChunks: 4, priority: 5, enforce: true },
          },
        })
      },
    },
  }
  return config
})
