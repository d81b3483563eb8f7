import type { AppErrorCode, ErrorData } from '../core/errors';
import type { Format } from './format';
import { defineMessages } from './messages';

type ErrorText = (data: ErrorData) => string;
type ErrorTexts = Record<AppErrorCode, ErrorText>;

/** `what` of an `over-limit` error is a key of ExtractLimits (ingest/extract). */
function limitWords({ what, limit }: ErrorData, f: Format): string {
  const most = Number(limit ?? Number.NaN);
  if (what === 'inflatedBytes') return `unpacked it is more than ${f.bytes(most)}`;
  if (what === 'inflateRatio') return `unpacked it is more than ${f.integer(most)} times as large, as no table is`;
  if (what === 'cellBytes') return `a cell holds more than ${f.bytes(most)}`;
  const things = what === 'entries' ? 'files in it' : what === 'columns' ? 'columns' : 'rows';
  return `more than ${f.integer(most)} ${things}`;
}

function limitWordsInChinese({ what, limit }: ErrorData, f: Format): string {
  const most = Number(limit ?? Number.NaN);
  if (what === 'inflatedBytes') return `解压后超过 ${f.bytes(most)}`;
  if (what === 'inflateRatio') return `解压后超过原来的 ${f.integer(most)} 倍，正常的表格不会如此`;
  if (what === 'cellBytes') return `有单元格超过 ${f.bytes(most)}`;
  return `超过 ${f.integer(most)} ${what === 'entries' ? '个文件' : what === 'columns' ? '列' : '行'}`;
}

/** Each mistake: what happened, where, and the way out. */
export const errorMessages = defineMessages(
  (f) =>
    ({
      cancelled: () => 'Cancelled. Nothing was changed.',
      'engine-load-failed': () =>
        'The query engine could not be loaded. Check that the page is still being served, then try again; your file is untouched.',
      'engine-lost': () => 'The query engine stopped. It is being rebuilt from the file you opened.',
      'engine-out-of-memory': () =>
        'There was not enough memory for this. What is loaded is intact. Choose a shorter period or an audience, or import fewer columns or only a part of the files, and try again.',
      'query-failed': () => 'A calculation failed. The tables are intact. Copy the report below if it happens again.',
      'result-shape': (d) =>
        `A result was not of the form expected (column ${d['column'] ?? '?'}). Please copy the report.`,
      'worker-lost': () => 'A background worker stopped. A new one is started on the next try.',
      'file-unreadable': (d) =>
        `${d['name'] ?? 'The file'} can no longer be read. It may have been moved or changed: open it again.`,
      'files-not-kept': (d) =>
        `The rows of ${d['name'] ?? 'the file'} as they stood are not kept on this device, only the tables made of them. Drop the file again: what was settled for it is applied, and its rows can be looked through and cleaned.`,
      'file-empty': (d) => `${d['name'] ?? 'The file'} is empty. Export it again and drop the new file.`,
      'file-binary': (d) =>
        `${d['name'] ?? 'The file'} is not a text file (it looks like ${d['kind'] ?? 'binary data'}). Save it as CSV (UTF-8) and drop that.`,
      'file-not-decodable': (d) =>
        `Line ${d['line'] ?? '?'} does not fit the encoding ${d['encoding'] ?? ''}. Choose another encoding above the preview.`,
      'file-gzip-broken': (d) =>
        `${d['name'] ?? 'The .gz file'} is cut off or damaged. Unpack it yourself, or download it again.`,
      'file-too-large': (d) =>
        `${d['name'] ?? 'The file'} is larger than this page can hold (limit ${f.bytes(Number(d['limit'] ?? Number.NaN))}). Split it by period, or leave out columns.`,
      'line-too-long': (d) =>
        `Line ${d['line'] ?? '?'} does not end. A quotation mark was probably opened and never closed: mend that line and drop the file again.`,
      'file-damaged': (d) =>
        `${d['name'] ?? 'The file'} is cut off or damaged. Download or export it again and drop the new file.`,
      'file-encrypted': (d) =>
        `${d['name'] ?? 'The file'} is protected by a password. Open it in the program it comes from, save it without the password, and drop that.`,
      'over-limit': (d) =>
        `${d['name'] ?? 'The file'} goes past a limit of this page: ${limitWords(d, f)}. Split it, or leave out what is not needed.`,
      'format-unsupported': (d) =>
        `${d['name'] ?? 'The file'} cannot be read here (${d['kind'] ?? 'unknown form'}). Save it as CSV (UTF-8) or XLSX and drop that.`,
      'recipe-invalid': (d) =>
        `This is no recipe of Silhouette, or it was changed by hand: “${d['place'] ?? ''}” is not as it should be. Nothing was changed. Save the recipe again where it was made.`,
      'recipe-newer': (d) =>
        `This recipe was written by a newer version of Silhouette (form ${d['version'] ?? ''}). Nothing was changed. Reload the page to get the newest version, then open it again.`,
      'project-broken': () =>
        'This is no project file of Silhouette, or it is cut off, damaged or was changed. Nothing here was changed. Copy it again from where it was made, or save it there once more.',
      'project-newer': (d) =>
        `This project file was written by a newer version of Silhouette (form ${d['version'] ?? ''}). Nothing was changed. Reload the page to get the newest version, then open it again.`,
      'table-missing': (d) =>
        `${d['name'] ?? 'The file'} has no table named ${d['table'] ?? ''} (any more). Choose another of its tables.`,
      'archive-in-archive': (d) =>
        `${d['name'] ?? 'The archive'} holds another archive (${d['entry'] ?? ''}). Unpack it yourself and drop the files that are inside.`,
      'json-broken': (d) =>
        `${d['name'] ?? 'The file'} is no JSON at line ${d['line'] ?? '?'}, character ${d['column'] ?? '?'}: something is missing, cut off or too much there. Export it again, or mend that place and drop the file again.`,
      'json-too-deep': (d) =>
        `${d['name'] ?? 'The file'} nests more than ${d['limit'] ?? '?'} levels at line ${d['line'] ?? '?'}, character ${d['column'] ?? '?'}, as no table does. Export the rows themselves.`,
      'no-columns': () => 'No columns were found. Check the separator above the preview.',
      'mapping-incomplete': (d) => `Still missing: ${d['missing'] ?? ''}. Say which column holds it.`,
      'no-usable-rows': (d) =>
        `None of the ${f.integer(Number(d['rows'] ?? 0))} rows could be used. Check the columns chosen for time and amount, and how they are written.`,
      'excerpt-empty': (d) =>
        `None of the ${f.integer(Number(d['rows'] ?? 0))} rows are in the period and the sample chosen. Choose a longer period or more customers.`,
      'invalid-parameter': (d) =>
        `Invalid ${d['field'] ?? 'value'}: ${d['value'] ?? ''} (needs ${d['needs'] ?? 'another value'}).`,
      'invalid-segment-rules': (d) =>
        `The segment rules leave ${d['gaps'] ?? 0} cells without a name. Add a rule for them, or reset.`,
      'nothing-to-export': () => 'There is nothing to export here: the list is empty.',
      'library-unavailable': () =>
        'This browser does not let the page keep data (a private window, perhaps). Everything works, and is gone when the page is closed.',
      'library-newer': () =>
        'The library on this device was written by a newer version of Silhouette. Nothing in it was touched. Reload the page to get the newest version.',
      'library-not-writer': () =>
        'Another tab of Silhouette is writing to the library. Nothing was changed. Close that tab, or take over here, and try again.',
      'library-locked': () => 'The library is locked. Enter its passphrase and try again.',
      'library-wrong-passphrase': () =>
        'This is not the passphrase. Nothing was changed. Check the keyboard’s language and capital letters, and try again.',
      'library-full': (d) =>
        `There is not enough room on this device for another ${f.bytes(Number(d['neededBytes'] ?? Number.NaN))}. What was kept before is intact, and you can go on working without keeping this. Remove a dataset from the library, or free some space, and try again.`,
      'library-lost': () =>
        'The browser closed the connection to the library while it was working. What was kept before is intact. Try again.',
      'library-damaged': () =>
        'This kept dataset has changed on the disk and cannot be trusted, so it was not opened. Import its files again; then remove the damaged one.',
      'erase-failed': () =>
        'The browser broke off before everything was erased, so part of it may still be there. Try again; if it fails again, clear the site data in the browser’s own settings.',
      unexpected: () =>
        'Something went wrong that we did not foresee. What is loaded is kept. Copy the report and tell us.',
    }) satisfies ErrorTexts,
  (f) => ({
    cancelled: () => '已取消，没有任何改动。',
    'engine-load-failed': () => '查询引擎未能加载。请确认网页服务仍在运行，然后重试；您的文件没有变化。',
    'engine-lost': () => '查询引擎已停止，正在用您打开的文件重建。',
    'engine-out-of-memory': () =>
      '内存不足，已载入的数据完好。请缩短时间段或选择一个人群，也可以少导入几列或只取一部分，然后重试。',
    'query-failed': () => '一次计算失败，已载入的表完好。如再次发生，请复制下面的报告。',
    'result-shape': (d) => `结果的形式与预期不符(列 ${d['column'] ?? '?'})。请复制报告。`,
    'worker-lost': () => '后台任务已停止，下次操作会启动新的任务。',
    'file-unreadable': (d) => `${d['name'] ?? '文件'} 已无法读取，可能被移动或修改，请重新打开。`,
    'files-not-kept': (d) =>
      `本机只保存由 ${d['name'] ?? '文件'} 生成的数据表，不保存原始行。请重新拖入该文件：已有的设置会自动套用，随后即可查看并清洗其中的行。`,
    'file-empty': (d) => `${d['name'] ?? '文件'} 是空的。请重新导出后再拖入。`,
    'file-binary': (d) =>
      `${d['name'] ?? '文件'} 不是文本文件(看起来是 ${d['kind'] ?? '二进制数据'})。请另存为 CSV(UTF-8)后再拖入。`,
    'file-not-decodable': (d) => `第 ${d['line'] ?? '?'} 行不符合编码 ${d['encoding'] ?? ''}，请在预览上方改选编码。`,
    'file-gzip-broken': (d) => `${d['name'] ?? '.gz 文件'} 不完整或已损坏，请自行解压或重新下载。`,
    'file-too-large': (d) =>
      `${d['name'] ?? '文件'} 超出本页可容纳的大小(上限 ${f.bytes(Number(d['limit'] ?? Number.NaN))})。请按时间拆分或去掉一些列。`,
    'line-too-long': (d) => `第 ${d['line'] ?? '?'} 行没有结束，可能有未闭合的引号。请修正该行后重新拖入。`,
    'file-damaged': (d) => `${d['name'] ?? '文件'} 不完整或已损坏，请重新下载或导出后再拖入。`,
    'file-encrypted': (d) => `${d['name'] ?? '文件'} 受密码保护。请在原来的程序中打开，另存为不带密码的文件后再拖入。`,
    'over-limit': (d) =>
      `${d['name'] ?? '文件'} 超出本页的限制：${limitWordsInChinese(d, f)}。请拆分文件或去掉不需要的内容。`,
    'format-unsupported': (d) =>
      `这里无法读取 ${d['name'] ?? '该文件'}(${d['kind'] ?? '未知格式'})。请另存为 CSV(UTF-8)或 XLSX 后再拖入。`,
    'recipe-invalid': (d) =>
      `这不是剪影的配方，或已被手工改动：“${d['place'] ?? ''}”不符合要求。未作任何更改。请在原处重新保存配方。`,
    'recipe-newer': (d) =>
      `该配方由更新版本的剪影写成(格式 ${d['version'] ?? ''})。未作任何更改。请刷新页面以获取最新版本，然后再打开。`,
    'project-broken': () =>
      '这不是剪影的项目文件，或者文件不完整、已损坏或被改动过。这里未作任何更改。请从制作处重新复制，或在那里再保存一次。',
    'project-newer': (d) =>
      `该项目文件由更新版本的剪影写成（格式 ${d['version'] ?? ''}）。未作任何更改。请刷新页面以获取最新版本，然后再打开。`,
    'table-missing': (d) => `${d['name'] ?? '文件'} 中没有(或不再有)名为 ${d['table'] ?? ''} 的表，请另选一张表。`,
    'archive-in-archive': (d) =>
      `${d['name'] ?? '压缩包'} 里还有一个压缩包(${d['entry'] ?? ''})。请自行解压，再拖入其中的文件。`,
    'json-broken': (d) =>
      `${d['name'] ?? '文件'} 第 ${d['line'] ?? '?'} 行第 ${d['column'] ?? '?'} 个字符处不是有效的 JSON(缺少、截断或多出了内容)。请重新导出，或修正该处后再拖入。`,
    'json-too-deep': (d) =>
      `${d['name'] ?? '文件'} 在第 ${d['line'] ?? '?'} 行第 ${d['column'] ?? '?'} 个字符处的嵌套超过 ${d['limit'] ?? '?'} 层，不是表格数据。请只导出数据行。`,
    'no-columns': () => '没有识别到任何列，请检查预览上方的分隔符。',
    'mapping-incomplete': (d) => `还缺少：${d['missing'] ?? ''}。请指明对应的列。`,
    'no-usable-rows': (d) => `${f.integer(Number(d['rows'] ?? 0))} 行中没有一行可用。请检查时间列、金额列及其写法。`,
    'excerpt-empty': (d) =>
      `${f.integer(Number(d['rows'] ?? 0))} 行中没有一行在所选的时间段和客户样本内。请延长时间段或增加客户。`,
    'invalid-parameter': (d) => `${d['field'] ?? '参数'} 无效：${d['value'] ?? ''}(应为 ${d['needs'] ?? '其他值'})。`,
    'invalid-segment-rules': (d) => `分群规则有 ${d['gaps'] ?? 0} 个单元格没有名称，请补充规则或恢复默认。`,
    'nothing-to-export': () => '列表为空，没有可导出的内容。',
    'library-unavailable': () =>
      '此浏览器不允许页面保存数据（可能是无痕窗口）。功能均可使用，但关闭页面后数据不会保留。',
    'library-newer': () => '此设备上的资料库由更新版本的剪影写成，其中内容未作任何改动。请刷新页面以获取最新版本。',
    'library-not-writer': () => '剪影的另一个标签页正在写入资料库，未作任何更改。请关闭那个标签页，或在此接管后重试。',
    'library-locked': () => '资料库已锁定，请输入口令后重试。',
    'library-wrong-passphrase': () => '口令不正确，未作任何更改。请检查输入法和大小写后重试。',
    'library-full': (d) =>
      `此设备的空间不足，还需要 ${f.bytes(Number(d['neededBytes'] ?? Number.NaN))}。先前保存的内容完好，您可以不保存而继续工作。请从资料库中删除一个数据集或腾出空间后重试。`,
    'library-lost': () => '浏览器在操作过程中断开了与资料库的连接。先前保存的内容完好，请重试。',
    'library-damaged': () =>
      '这个保存的数据集在磁盘上已发生变化，不再可信，因此没有打开。请重新导入原文件，然后删除损坏的数据集。',
    'erase-failed': () =>
      '浏览器在全部清除之前中断了操作，可能仍有部分内容留存。请重试；若再次失败，请在浏览器设置中清除本站数据。',
    unexpected: () => '发生了意料之外的问题，已载入的内容仍在。请复制报告告诉我们。',
  }),
);
