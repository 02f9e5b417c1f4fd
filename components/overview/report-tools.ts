/** What the report needs scripts for. It is loaded after the page, which shows the same numbers without it. */
export { CheckAgain } from '@/components/frame/check-again'
export { TableButton } from './picture/picture-buttons'
export { Trend } from './trend/trend'
export { TrendActions } from './trend/trend-actions'
export { TrendTip } from './trend/trend-tip'
