import { View } from '@tarojs/components'
import { useState } from 'react'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import { Heading } from '../../components/heading'
import { PageFrame } from '../../components/page-frame'
import { QrCode } from '../../components/qr-code'
import { Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import type { ChosenPlace } from '../../services/chosen-place'
import { printPage } from '../../services/print'
import { siteAddress } from '../../services/site'
import { useQuery } from '../../services/use-query'
import { posterLabel } from '../../words/receipt'
import { PlaceOfUnit } from './place-of-unit'
import { posterAddress } from './poster-place'
import '../../components/on-paper.css'
import './poster-screen.css'

const nowhere: ChosenPlace = { point: null, placeWords: '', community: null }

/** A poster for a lamp post, an alley, a door: whoever scans it finds the place filled in. */
export function PosterScreen({ unitId }: { readonly unitId: string }) {
  const { query, retry } = useQuery('unit.get', { unitId })
  const [place, setPlace] = useState(nowhere)
  // Where nothing is printed nothing is laid out for it.
  const site = printPage && siteAddress()
  const unit = query.state === 'ready' ? query.value.unit : undefined
  return (
    <PageFrame
      title={posterLabel}
      action={
        printPage &&
        unit && (
          <View data-test="print-poster">
            <BigButton label="打印" icon="printer" onPress={printPage} />
          </View>
        )
      }
    >
      {query.state === 'loading' && <Skeleton shape="page" />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {unit && !site && (
        <Notice tone="plain" icon="printer">
          请在电脑上打开网页版来打印：工作人员登录后，同样从这里打开。
        </Notice>
      )}
      {unit && site && (
        <>
          <View className="off-paper">
            <Card>
              <PlaceOfUnit
                unitId={unitId}
                place={place}
                error={undefined}
                onChange={(part) => setPlace((before) => ({ ...before, ...part }))}
              />
            </Card>
          </View>
          <View className="poster" data-test="poster">
            <Heading className="poster__title">身边有事，扫一扫</Heading>
            <View className="poster__where">
              {[unit.areaName, place.placeWords.trim()].filter(Boolean).join(' · ')}
            </View>
            <View className="poster__code">
              <QrCode
                text={posterAddress(site, {
                  unitId,
                  ...(place.point ? { lng: String(place.point.lng), lat: String(place.point.lat) } : {}),
                })}
                label="上报的二维码"
              />
            </View>
            <View className="poster__line">微信扫码，拍张照，说一句：{unit.name}来办</View>
            <View className="poster__line">办到哪一步都告诉您，办得好不好由您说了算</View>
            <View className="poster__line">
              没有微信，到党群服务中心窗口{unit.phone === null ? '' : `，或打 ${unit.phone}`}
            </View>
            <View className="poster__line">有危险先打 110、119、120</View>
          </View>
        </>
      )}
    </PageFrame>
  )
}
