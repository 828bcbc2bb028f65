import { View } from '@tarojs/components'
import { spokenNumber } from '../../../cloudfunctions/contexts/report/rules/report-number'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { chinaDayAndTimeText, chinaMomentText } from '../../../cloudfunctions/ground/instant'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Heading } from '../../components/heading'
import { PageFrame } from '../../components/page-frame'
import { QrCode } from '../../components/qr-code'
import { Notice } from '../../components/rows'
import { printPage } from '../../services/print'
import { receiptAddress } from '../../services/receipt-address'
import { siteAddress } from '../../services/site'
import { byReceiptLabel, centreName, codeLabel } from '../../words/receipt'
import { promisedDues, sentTo } from './words'
import '../../components/on-paper.css'
import './slip.css'

/** A receipt as it was just printed; what was said is there for whoever said it, once. */
export type Printed = OutputOf<'report.submitOnBehalf'> & {
  readonly categoryName: string
  readonly words?: string
}

interface SlipProps {
  readonly printed: Printed
  readonly centre: OutputOf<'unit.get'>['unit']
  readonly onDone: () => void
}

/** 回执, 58 mm wide and black on the printer; on the screen to be shown, where there is none. */
export function Slip({ printed, centre, onDone }: SlipProps) {
  const { number, code, printNo, categoryName, where, words, at } = printed
  const site = siteAddress()
  return (
    <PageFrame
      title="回执"
      isLarge
      action={
        <ButtonPair>
          <View data-test="next-one">
            <BigButton label="下一位" tone={printPage ? 'secondary' : 'primary'} onPress={onDone} />
          </View>
          {printPage && (
            <View data-test="print-slip">
              <BigButton label="打印" icon="printer" onPress={printPage} />
            </View>
          )}
        </ButtonPair>
      }
    >
      <View className="slip" data-test="slip">
        <Heading className="slip__title">红脸办 回执</Heading>
        <View className="slip__centre">{centreName(centre.areaName)}</View>
        <View className="slip__rule" />
        <View className="slip__kind">{categoryName}</View>
        {where !== '' && <View>{where}</View>}
        {words !== undefined && <View>{words}</View>}
        <View className="slip__rule" />
        <Fact label="编号" value={spokenNumber(number)} name="slip-number" />
        <Fact label="时间" value={chinaDayAndTimeText(at)} />
        <Fact label="谁负责" value={sentTo(printed)} />
        {promisedDues(printed).map(({ kind, deed, dueAt }) => (
          <Fact key={kind} label={deed} value={`${chinaMomentText(dueAt)}前`} />
        ))}
        <View className="slip__rule" />
        {site !== undefined && (
          <View className="slip__code-picture">
            <QrCode text={receiptAddress(site, printed)} label="查办到哪一步的二维码" />
            <View>微信扫码看办到哪了</View>
          </View>
        )}
        <View className="slip__centred">没有微信，到窗口报{codeLabel}</View>
        <View className="slip__code" data-test="slip-code">
          {code}
        </View>
        <View className="slip__centred">这个码等于您本人，别给别人看</View>
        <View className="slip__rule" />
        <View>凭这张回执，能看办到哪一步、补充、催办，办完了由您评价：没修好就退回重办，不同意能申诉。</View>
        <View>网页上点“我的”里的“{byReceiptLabel}”也行。</View>
        {centre.phone !== null && <View>窗口电话 {centre.phone}</View>}
        <View>有危险先打 110、119、120</View>
        <View className="slip__centred">— 第{printNo}联 · 重打会记一次 —</View>
      </View>
      <View className="off-paper">
        <Notice tone="plain" icon="info">
          {site !== undefined
            ? '没有打印机：让他用手机扫上面的码，或者把编号和查询码抄给他。'
            : '让他用手机拍下来，或者把编号和查询码抄给他。'}
        </Notice>
      </View>
    </PageFrame>
  )
}

function Fact({
  label,
  value,
  name,
}: {
  readonly label: string
  readonly value: string
  readonly name?: string
}) {
  return (
    <View className="slip__fact">
      <View className="slip__label">{label}</View>
      <View className="slip__value" {...(name ? { 'data-test': name } : {})}>
        {value}
      </View>
    </View>
  )
}
