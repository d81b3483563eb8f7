import { defineMessages } from '../../i18n/messages';

export const offlineMessages = defineMessages(
  (f) => ({
    storing: (share: number) => `Storing the program for use without a network: ${f.percent(share, 0)}`,
    interrupted: 'Not all of the program is stored yet',
    interruptedHint: 'It goes on when the network is back, or at your next visit.',
    ready: 'Works without a network',
    readyHint: (bytes: number) =>
      `The program itself, ${f.bytes(bytes)}, is stored in this browser. Your data is no part of it.`,
    noNetwork: 'No network now, and none needed',
    noNetworkYet: 'No network now: parts that were not loaded are missing',
    update: 'A new version is ready.',
    updateCloses: (name: string) =>
      `A new version is ready. Reloading closes ${name}, which is not kept on this device.`,
    reload: 'Reload now',
    newVersion: 'New version',
    install: 'Install as an app',
  }),
  (f) => ({
    storing: (share: number) => `正在存储程序以供离线使用：${f.percent(share, 0)}`,
    interrupted: '程序尚未全部存好',
    interruptedHint: '网络恢复后或下次访问时继续。',
    ready: '可离线使用',
    readyHint: (bytes: number) => `程序本身（${f.bytes(bytes)}）已存入本浏览器，其中没有您的数据。`,
    noNetwork: '当前没有网络，也不需要网络',
    noNetworkYet: '当前没有网络：尚未加载的部分暂不可用',
    update: '新版本已就绪。',
    updateCloses: (name: string) => `新版本已就绪。重新加载会关闭 ${name}，它未保存在本设备上。`,
    reload: '立即重新加载',
    newVersion: '有新版本',
    install: '安装为应用',
  }),
);
