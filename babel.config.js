/**
 * A page states its configuration by `definePageConfig`, which Taro reads while building. Taro's own plugin
 * takes the call out of the page again only below a folder called `src`.
 */
const removePageConfig = ({ types }) => ({
  visitor: {
    CallExpression(path, { filename }) {
      const isPageConfig = types.isIdentifier(path.node.callee, { name: 'definePageConfig' })
      if (isPageConfig && /[\\/]client[\\/]pages[\\/]/.test(filename ?? '')) path.remove()
    },
  },
})

module.exports = {
  presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5', useBuiltIns: false, hot: false }]],
  plugins: [removePageConfig],
}
