import { View } from '@tarojs/components'
import { BigButton, ButtonPair } from '../../components/big-button'
import { PageFrame } from '../../components/page-frame'
import { Notice } from '../../components/rows'
import { hasWords, type ReportDraft } from './draft'

interface BegunBeforeProps {
  readonly draft: ReportDraft
  readonly onGoOn: () => void
  readonly onAfresh: () => void
}

/** Somebody comes to report one thing and has begun to write of another: they say which it is to be. */
export function BegunBefore({ draft, onGoOn, onAfresh }: BegunBeforeProps) {
  const { text, photos } = draft
  return (
    <PageFrame
      title="上报"
      action={
        <ButtonPair>
          <View data-test="begun-go-on">
            <BigButton label="接着写原来的" tone="secondary" onPress={onGoOn} />
          </View>
          <View data-test="begun-afresh">
            <BigButton label="报这一件" onPress={onAfresh} />
          </View>
        </ButtonPair>
      }
    >
      <View data-test="begun-before">
        <Notice tone="waiting" icon="info" title="上次写的还没发">
          {hasWords(text) && <View>“{text}”</View>}
          {photos.length > 0 && <View>{photos.length}张照片</View>}
          <View>报这一件，上次写的就不留了。</View>
        </Notice>
      </View>
    </PageFrame>
  )
}
