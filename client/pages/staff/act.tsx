import { Text, View } from '@tarojs/components'

definePageConfig({ navigationBarTitleText: '红脸办' })

export default function Page() {
  return (
    <View>
      <Text>红脸办</Text>
    </View>
  )
}
