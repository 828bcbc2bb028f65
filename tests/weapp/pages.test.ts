import { pressesEverything } from '../checks/pages/short'

pressesEverything('weapp', 'secretary-150221104004')
