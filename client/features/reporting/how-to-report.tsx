import { View } from '@tarojs/components'
import { Card } from '../../components/card'
import { EmergencyCalls } from '../../components/emergency-calls'
import { Late, type LatePart } from '../../components/late'
import { PageFrame } from '../../components/page-frame'
import { ListRow, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { TextAction } from '../../components/text-action'
import { askAgain } from '../../services/ask-again'
import { openPage } from '../../services/navigation'
import { atTheCentre, centreTitle } from '../../words/centre'
import { byReceiptLabel } from '../../words/receipt'
import './how-to-report.css'

/** With its map's address and its code: whoever is signed in sees the form instead and never needs it. */
const centreNearby: LatePart<object> = { load: () => import('./centre-nearby') }

const steps = ['打开微信，往下拉，搜“红脸办”小程序', '点“上报”', '拍张照，说一句，点“提交”'] as const

/** For whoever reads the web page without a name: what cannot be done here, before anything is typed, and where it can. */
export function HowToReport() {
  return (
    <PageFrame title="上报">
      <View data-test="how-to-report">
        <Notice tone="waiting" icon="info" title="网页上只能看，不能上报">
          上报、传照片、评价，都在微信小程序“红脸办”里。没有微信，到社区（嘎查村）的党群服务中心，窗口代您报。
        </Notice>
      </View>
      <EmergencyCalls title="有人身危险，先打电话" numbers={['110', '119', '120']} />
      <Card title="在微信里三步就好">
        {steps.map((step, at) => (
          <View key={step} className="how-to-report__step">
            <View className="how-to-report__number">{at + 1}</View>
            <View>{step}</View>
          </View>
        ))}
      </Card>
      <Late
        part={centreNearby}
        props={{}}
        waiting={<Skeleton />}
        lost={
          <Card title={centreTitle}>
            <View>{atTheCentre}</View>
            <TextAction label="没有取到在哪里，再试一次" onPress={askAgain} />
          </Card>
        }
      />
      <Card title="在这个网页上可以">
        <ListRow
          icon="house"
          title="看身边的事"
          hint="哪件在办，办到哪一步"
          name="visitor-home"
          onPress={() => openPage('home')}
        />
        <ListRow
          icon="receipt-text"
          title={byReceiptLabel}
          hint="在服务中心窗口办的，凭编号和查询码看，也能评价"
          name="visitor-receipt"
          onPress={() => openPage('receipt')}
        />
        <ListRow
          icon="clipboard-list"
          title="看红脸榜"
          hint="哪件没办好，谁该办"
          name="visitor-red-face"
          onPress={() => openPage('redFace')}
        />
      </Card>
      {process.env.REDFACE_LOCAL && (
        <Notice tone="plain" icon="user-round">
          演示：点上面的“路人”，换成居民，就能报。
        </Notice>
      )}
    </PageFrame>
  )
}
