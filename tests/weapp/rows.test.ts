import { launchChromium } from '../../local/miniprogram/headless'
import { roles } from '../checks/pages/builds'
import { opened } from '../support/opened'
import { opensEveryRow } from '../support/rows'

const launch = async () => {
  const browser = await launchChromium()
  opened(() => browser.close())
  return browser
}

opensEveryRow('weapp', launch, { all: roles, few: ['partner-150221-housing'] })
