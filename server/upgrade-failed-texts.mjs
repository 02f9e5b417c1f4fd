// @ts-check

/** The texts are here, because the application and its messages are not loaded after a failed upgrade. */
export const TEXTS = {
  en: {
    title: 'Upgrade failed',
    what: 'The database could not be upgraded to this version. It is as it was before, and nothing is lost.',
    todo: 'What the operator does',
    steps: [
      'Read the line “The upgrade failed” in the log of the server. It names the cause and the copy from before.',
      'Start the version that ran before. It works on the database as it is.',
      'If the log says that the database is between two versions, restore the copy that it names first.',
    ],
    back: 'Reload this page when Pushlens runs again.',
  },
  'zh-CN': {
    title: '升级失败',
    what: '数据库无法升级到此版本。数据库保持升级前的状态，没有数据丢失。',
    todo: '运维人员需要做的事',
    steps: [
      '查看服务器日志中的“The upgrade failed”一行，其中写明原因和升级前的副本。',
      '启动升级前运行的版本，它可以直接使用现有数据库。',
      '如果日志说明数据库处于两个版本之间，请先恢复日志中写明的副本。',
    ],
    back: 'Pushlens 恢复运行后，请刷新此页面。',
  },
  ko: {
    title: '업그레이드 실패',
    what: '데이터베이스를 이 버전으로 업그레이드하지 못했습니다. 데이터베이스는 업그레이드 전 상태이며 유실된 데이터는 없습니다.',
    todo: '운영자가 할 일',
    steps: [
      '서버 로그에서 “The upgrade failed” 줄을 확인하세요. 원인과 업그레이드 전 사본이 적혀 있습니다.',
      '이전에 실행하던 버전을 시작하세요. 현재 데이터베이스로 그대로 동작합니다.',
      '데이터베이스가 두 버전 사이에 있다고 로그에 적혀 있으면, 로그에 적힌 사본을 먼저 복원하세요.',
    ],
    back: 'Pushlens가 다시 실행되면 이 페이지를 새로 고치세요.',
  },
}
