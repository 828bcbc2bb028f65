import path from 'node:path'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'
import type { routes } from '../client/routes'
import { listFirstLoad } from './first-load'

const borrowedFromFunctions = ['contract', 'domain'].map((folder) =>
  path.resolve(__dirname, '../cloudfunctions', folder),
)

const firstPage: typeof routes.home = 'pages/home'

/**
 * Build of the client. `--mode local` makes the build that talks to the CloudBase on this machine and carries
 * the persona picker; any other mode makes the build for residents.
 */
export default defineConfig<'webpack5'>(async (_merge, { mode }) => {
  const isLocal = mode === 'local'
  const target = process.env.TARO_ENV ?? 'h5'

  const config: UserConfigExport<'webpack5'> = {
    projectName: 'redface',
    sourceRoot: 'client',
    outputRoot: isLocal ? `dist/${target}-local` : `dist/${target}`,
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    cache: { enable: false },
    plugins: target === 'weapp' ? [path.resolve(__dirname, 'spoken-in-wechat.ts')] : [],
    env: {
      REDFACE_LOCAL: JSON.stringify(isLocal ? '1' : ''),
      REDFACE_CLOUD_ENV: JSON.stringify(isLocal ? 'local' : (process.env.REDFACE_CLOUD_ENV ?? '')),
    },
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
      staticDirectory: 'static',
      compile: { include: borrowedFromFunctions },
      router: { mode: 'hash' },
      output: {
        filename: 'js/[name].[contenthash:8].js',
        chunkFilename: 'js/[name].[contenthash:8].js',
      },
      miniCssExtractPluginOption: {
        ignoreOrder: true,
        filename: 'css/[name].[contenthash:8].css',
        chunkFilename: 'css/[name].[contenthash:8].css',
      },
      postcss: {
        pxtransform: { enable: false },
        cssModules: { enable: false },
      },
      imageUrlLoaderOption: { limit: 4096 },
      webpackChain: (chain) => {
        // `npm run size` holds the budgets.
        chain.performance.hints(false)
        chain.plugin('listFirstLoad').use(listFirstLoad(firstPage))
        // What several pages use is loaded once.
        chain.optimization.splitChunks({
          ...chain.optimization.get('splitChunks'),
          chunks: 'all',
          cacheGroups: {
            ...chain.optimization.get('splitChunks').cacheGroups,
            frame: { name: 'frame', chunks: 'async', minChunks: 4, priority: 5, enforce: true },
          },
        })
      },
    },
  }
  return config
})
